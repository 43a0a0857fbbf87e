import { describe, expect, it } from '@jest/globals';
import { decodeCharacterReferences } from '../../../src/protocols/form/form-text.js';
import { readReturnPage } from '../../../src/protocols/form/read-return-page.js';
import { describeWithReference, referenceText } from '../../support/reference.js';
import { expectProportional } from '../../support/growth.js';

const fieldsOf = (html: string): [string, string][] =>
  readReturnPage(html).loose.map(({ name, value }) => [name, value]);

describe('return page reader', () => {
  it('reads forms with their attributes and fields in order', () => {
    const page =
      readReturnPage(`<!DOCTYPE html><FORM Method = POST action='https://erp.example/?a=1&amp;b=2' target=_top
      accept-charset="UTF-8"><input type=hidden name="a" value='x "y"'><input name=b
      value=bare/><INPUT TYPE="HIDDEN" NAME=c /><textarea name="d">
two
lines &lt;</textarea></FORM><form><input name=e value=1></form>`);
    expect(page).toEqual({
      forms: [
        {
          action: 'https://erp.example/?a=1&b=2',
          method: 'post',
          target: '_top',
          acceptCharset: 'UTF-8',
          fields: [
            { name: 'a', value: 'x "y"' },
            { name: 'b', value: 'bare/' },
            { name: 'c', value: '' },
            { name: 'd', value: 'two\nlines <' },
          ],
        },
        { action: '', method: 'get', target: '', acceptCharset: '', fields: [{ name: 'e', value: '1' }] },
      ],
      loose: [],
    });
  });

  it('ignores comments, scripts, styles and markup inside values', () => {
    expect(
      fieldsOf(
        `<!-- <input name=a> --><script>'<input name=b>'</script><style><input name=c></style><input name=d ` +
          `value="<input name='e'>"><title><input name=f></title>`,
      ),
    ).toEqual([['d', "<input name='e'>"]]);
  });

  it('leaves out controls that a browser does not send', () => {
    expect(
      fieldsOf(
        '<input type=submit name=a value=1><input type=checkbox name=b><input type=checkbox name=c checked>' +
          '<input name=d disabled><input value=1><input type=radio name=e value=2 CHECKED><button name=f>',
      ),
    ).toEqual([
      ['c', 'on'],
      ['e', '2'],
    ]);
  });

  it('keeps line breaks of hidden inputs only, CRLF as LF', () => {
    expect(fieldsOf('<input type=hidden name=a value="1\r\n2"><input name=b value="1\r2">')).toEqual([
      ['a', '1\n2'],
      ['b', '12'],
    ]);
  });

  it('ignores a form within a form, as browsers do', () => {
    expect(readReturnPage('<form action=a><form action=b><input name=x></form>').forms).toMatchObject([
      { action: 'a', fields: [{ name: 'x' }] },
    ]);
  });

  it('takes the first of two equal attributes', () => {
    expect(fieldsOf('<input name=a name=b value=1 value=2>')).toEqual([['a', '1']]);
  });

  it('decodes numbers and names, and leaves unknown references unchanged', () => {
    expect(
      decodeCharacterReferences('&quot;&#34;&#x22;&auml;&szlig;&yuml;&nbsp;&euro;&#128;&#128512;&#9731;&amp;amp;'),
    ).toBe('"""äßÿ\u00a0€€😀☃&amp;');
    expect(decodeCharacterReferences('a & b &amp &nothing; &#; &#x; &#0;&#xD800;&#1114112;')).toBe(
      'a & b &amp &nothing; &#; &#x; \ufffd\ufffd\ufffd',
    );
  });

  it('terminates on broken pages, in linear time', () => {
    for (const broken of [
      '<',
      '<input',
      '<input name',
      '<input name=',
      '<input name="a',
      "<form action='",
      '<textarea name=a>x',
      '<!-- ',
      '<input = " \' / a>',
      '<a<b<input name=c>',
    ])
      expect(() => readReturnPage(broken)).not.toThrow();
    for (const part of ['<input ', '<input name="a" ', '<a ="', "<p '", '<', '<!--', '<textarea>', ' = ', '<i\n', '&#'])
      expectProportional(100_000, (count) => {
        readReturnPage(`<form>${part.repeat(count)}`);
        readReturnPage(`<input ${part.repeat(count)}`);
      });
  });
});

describeWithReference('oci')('return pages of others', () => {
  it('reads all 10 hits of the real background search, with the fields before them', () => {
    const [form] = readReturnPage(referenceText('oci/samples/background-search_real_world.html')).forms;
    expect(form).toMatchObject({ action: 'http://return.to/me', method: 'post', acceptCharset: 'UTF-8' });
    expect(form?.fields.slice(0, 3)).toEqual([
      { name: '_snowman', value: '☃' },
      { name: 'authenticity_token', value: 'lmdtcyjCw2yb9+mcwnhPSKGO2+4h48SiypwW6WS1cAY=' },
      { name: 'HEADER-PAGE', value: '1' },
    ]);
    expect(form?.fields.filter(({ name }) => name.startsWith('NEW_ITEM-DESCRIPTION'))).toHaveLength(10);
  });

  it('reads quotes inside values', () => {
    expect(
      readReturnPage(referenceText('oci/samples/cart_meplato_valid_html_with_quotes.html')).forms[0]?.fields,
    ).toEqual([{ name: 'NEW_ITEM-DESCRIPTION[1]', value: '19" Rack' }]);
  });

  it('reads fields outside any form', () => {
    expect(readReturnPage(referenceText('oci/samples/cart_meplato_gap_in_indexes.html')).loose).toHaveLength(3);
  });
});
