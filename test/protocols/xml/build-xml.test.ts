import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { addElement, addText, addValue, newDocument, xmlText } from '../../../src/protocols/xml/build-xml.js';
import { escapeXmlText, markupElement, markupText } from '../../../src/protocols/xml/escape-xml.js';
import { anyCharacter } from '../../fixtures/any-character.js';
import { NAUGHTY_STRINGS } from '../../fixtures/naughty-strings.js';

function built(text: string): string {
  const root = newDocument('cXML', { payloadID: text, 'xml:lang': text, left: undefined });
  addText(addElement(root, 'Response'), 'Status', { text }, text);
  addValue(root, 'Value', text);
  return xmlText(root);
}

function joined(text: string): string {
  return markupElement(
    'cXML',
    { payloadID: text, 'xml:lang': text },
    markupElement('Response', {}, markupText('Status', { text }, text)) +
      markupElement('Value', {}, escapeXmlText(text)),
  );
}

describe('documents by xmlbuilder2', () => {
  it('T20: text stays text; every byte is as our own writer has it, whose output two parsers have read', () => {
    const examples = [
      ...NAUGHTY_STRINGS,
      '&foo;',
      '&amp;',
      '&#13;',
      ' a\r\n\tb ',
      ' \u0001 a \ud800',
      '',
      ']]>',
      '"<>\'',
    ];
    assert(
      property(oneof(constantFrom(...examples), string({ unit: anyCharacter })), (text) => {
        expect(built(text)).toBe(joined(text));
      }),
      { numRuns: 1_000, examples: examples.map((text) => [text]) },
    );
  });

  it('namespaces stand on the root alone', () => {
    const root = newDocument('order-event', {
      xmlns: 'urn:order',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': 'urn:order order.xsd',
    });
    addValue(addElement(root, 'order', { id: '1' }), 'status', 'open');
    expect(xmlText(root)).toBe(
      '<order-event xmlns="urn:order" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
        'xsi:schemaLocation="urn:order order.xsd"><order id="1"><status>open</status></order></order-event>',
    );
  });
});
