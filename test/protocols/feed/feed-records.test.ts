import { describe, expect, it } from '@jest/globals';
import { feedColumns, feedDelimiter, readFields } from '../../../src/protocols/feed/feed-columns.js';
import { ByteSurvey, type FeedRecord, FeedRecords } from '../../../src/protocols/feed/feed-records.js';

describe('records of a feed', () => {
  const cut = (text: string, size = text.length): { records: FeedRecord[]; lines: number } => {
    const cutter = new FeedRecords(';');
    const records: FeedRecord[] = [];
    for (let at = 0; at < text.length; at += size) records.push(...cutter.add(text.slice(at, at + size)));
    records.push(...cutter.end());
    return { records, lines: cutter.lines };
  };

  it('are the same for any chunks of the text and every kind of line end', () => {
    const text = 'id;title\r\n1;"a\r\nb;""c"""\n\n2;x\r3;"y"\r\n';
    const whole = cut(text);
    expect(whole.records).toEqual([
      { text: 'id;title', line: 1 },
      { text: '1;"a\nb;""c"""', line: 2 },
      { text: '2;x', line: 5 },
      { text: '3;"y"', line: 6 },
    ]);
    expect(whole.lines).toBe(6);
    for (const size of [1, 2, 3, 5, 7]) expect(cut(text, size)).toEqual(whole);
  });

  it('an unclosed quote affects only its own line, at the end and 100 lines before it', () => {
    expect(cut('id;t\n1;"open\n2;b\n3;"c"\n').records).toEqual([
      { text: 'id;t', line: 1 },
      { text: '1;"open', line: 2, fault: 'open_quote' },
      { text: '2;b', line: 3 },
      { text: '3;"c"', line: 4 },
    ]);
    const { records } = cut(
      ['id;t', '1;"open', ...Array.from({ length: 300 }, (_, index) => `${index + 2};b`)].join('\n'),
    );
    expect(records.filter(({ fault }) => fault !== undefined)).toEqual([
      { text: '1;"open', line: 2, fault: 'open_quote' },
    ]);
    expect(records.map(({ line }) => line)).toEqual(Array.from({ length: 302 }, (_, index) => index + 1));
  });

  it('a quote inside an unquoted field opens no field', () => {
    expect(cut('id;t\n1;5" pipe\n2;b').records.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  it('an endless line is dropped and needs no memory', () => {
    const { records } = cut(`id;t\n1;${'x'.repeat(500_000)}\n2;b`, 10_000);
    expect(records).toEqual([
      { text: 'id;t', line: 1 },
      { text: '', line: 2, fault: 'too_long' },
      { text: '2;b', line: 3 },
    ]);
  });

  it('fields: misplaced quotes affect only one record', () => {
    const records = ['1;"a"b', '2; " x " ', '3;"q;""r"""'].map((text, index) => ({ text, line: index }));
    expect(readFields([records[0]!, records[2]!], ';')).toEqual([undefined, ['3', 'q;"r"']]);
  });

  it.each([
    ['id;title', ';'],
    ['id,title;x,y', ','],
    ['id\ttitle', '\t'],
    ['"a;b;c",d', ','],
    ['id', ';'],
  ])('delimiter of %j is %j', (header, delimiter) => {
    expect(feedDelimiter(header)).toBe(delimiter);
  });

  it('columns by any of their names, in any spelling', () => {
    expect(feedColumns(['ID', 'Title', 'EAN', 'delivery_work_days', 'Manufacturer Part-ID', 'colour', 'name'])).toEqual(
      ['id', 'title', 'gtin', 'leadTimeDays', 'manufacturerPartId', undefined, undefined],
    );
  });
});

describe('encoding of a feed', () => {
  it.each<[string, number[], string]>([
    ['plain', [0x61], 'UTF-8'],
    ['UTF-8', [0xc3, 0xa4], 'UTF-8'],
    ['UTF-8 with mark', [0xef, 0xbb, 0xbf, 0x61], 'UTF-8'],
    ['cut off', [0x61, 0xc3], 'ISO-8859-1'],
    ['latin', [0x4d, 0xfc, 0x6c], 'ISO-8859-1'],
    ['euro sign', [0x80, 0xfc], 'windows-1252'],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00], 'UTF-16LE'],
    ['UTF-16 big', [0xfe, 0xff, 0x00, 0x61], 'UTF-16BE'],
  ])('%s', (_, bytes, encoding) => {
    const survey = new ByteSurvey();
    for (const byte of bytes) survey.add(Uint8Array.of(byte));
    expect(survey.encoding()).toBe(encoding);
  });
});
