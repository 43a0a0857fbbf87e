import { describe, expect, it } from '@jest/globals';
import { readMultipart } from '../../../src/protocols/mime/read-multipart.js';
import { expectProportional } from '../../support/growth.js';

const TYPE = 'multipart/related; boundary=edge; start="<order@buyer>"';

function related(text: string): Buffer {
  return Buffer.from(
    [
      '--edge',
      'Content-Type: text/xml',
      'Content-ID: <order@buyer>',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      text,
      '--edge--',
      '',
    ].join('\r\n'),
    'latin1',
  );
}

function rootOf(text: string): string | undefined {
  const parts = readMultipart(related(text), TYPE);
  return parts.ok ? parts.value[0].bytes.toString('utf8') : undefined;
}

describe('multipart/related: parts (RFC 2046, 5.1.1)', () => {
  const part = (id: string, text: string): string => `Content-Type: text/plain\r\nContent-ID: <${id}>\r\n\r\n${text}`;
  it.each([
    [
      'text before the first and behind the last',
      [
        'before --edge',
        'no part',
        '--edge',
        part('a', '1'),
        '--edge',
        part('b', '2'),
        '--edge--',
        'behind',
        '--edge',
        part('c', '3'),
      ],
    ],
    ['blanks behind the mark', ['--edge  ', part('a', '1'), '--edge\t', part('b', '2'), '--edge-- ']],
    ['no last mark', ['--edge', part('a', '1'), '--edge', part('b', '2')]],
  ])('%s', (_, lines) => {
    const parts = readMultipart(Buffer.from(lines.join('\r\n')), TYPE);
    expect(parts.ok && parts.value.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  it('a nested multipart whose boundary has the same start', () => {
    const inner = ['--edge2', 'Content-Type: text/plain', '', 'inner', '--edge2--'].join('\r\n');
    const parts = readMultipart(
      Buffer.from(['--edge', part('a', '1'), '--edge', part('b', inner), '--edge--', ''].join('\r\n')),
      TYPE,
    );
    expect(parts.ok && parts.value.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
      ['a', '1'],
      ['b', inner],
    ]);
  });

  it.each([
    ['marks', '--edge\r\n', 1_000_000],
    ['marks in one line', '--edge', 1_000_000],
    ['parts', `--edge\r\n${part('a', '1')}\r\n`, 808],
  ])('more than a hundred are refused, and not counted to the end (T67): %s', (_, text, most) => {
    expectProportional(most, (count) => {
      expect(readMultipart(Buffer.from(text.repeat(count)), TYPE)).toMatchObject({
        ok: false,
        refusal: { code: 'INVALID_REQUEST', reason: expect.stringMatching(/more than 100 parts|no part/) },
      });
    });
  });

  it('a hundred are accepted', () => {
    const parts = readMultipart(Buffer.from(`${`--edge\r\n${part('a', '1')}\r\n`.repeat(100)}--edge--`), TYPE);
    expect(parts.ok && parts.value.length).toBe(100);
  });

  it('the document is the part that start names', () => {
    const parts = readMultipart(
      Buffer.from(['--edge', part('a', '1'), '--edge', part('order@buyer', '2'), '--edge--'].join('\n')),
      TYPE,
    );
    expect(parts.ok && parts.value.map(({ name }) => name)).toEqual(['order@buyer', 'a']);
  });
});

describe('multipart/related: quoted-printable (RFC 2045, 6.7)', () => {
  it.each([
    ['bytes by their number', '<a b=3D"M=C3=BCller"/>', '<a b="Müller"/>'],
    ['a blank before a soft line break belongs to the text', 'two =\r\nwords', 'two words'],
    ['blanks at the end of a line were put there on the way', 'one \t\r\ntwo=  \r\nthree', 'one\r\ntwothree'],
    ['a lone equals sign stays', 'a=b', 'a=b'],
  ])('%s', (_, encoded, decoded) => expect(rootOf(encoded)).toBe(decoded));

  it('a megabyte of blanks takes time in proportion (T67)', () => {
    expectProportional(1_000_000, (size) => {
      expect(rootOf(`${' '.repeat(size)}x`)).toHaveLength(size + 1);
    });
  });
});
