import { expect, it } from '@jest/globals';
import { readCodeList } from '../../../src/protocols/index/read-code-list.js';

it.each([
  ['one a line', '10101501\n10101502\r\n\n 10101503 \r', ['10101501', '10101502', '10101503']],
  ['a header and columns', '\uFEFFCode;Name\n1;One\n2;"Two; or more"', ['1', '2']],
  ['commas, tabs, quotes', 'unit,text\n"E""A",Each\nKGM\tkg', ['E"A', 'KGM']],
  ['JSON', ' ["EA", "KGM"]', ['EA', 'KGM']],
  ['nothing', '', []],
  ['broken JSON', '["EA"', undefined],
  ['JSON of another kind', '{"codes": ["EA"]}', undefined],
  ['JSON with numbers', '[1]', undefined],
])('%s', (_, text, codes) => {
  expect(readCodeList(text)).toEqual(codes);
});
