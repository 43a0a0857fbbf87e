/** Texts that a careless reader, a number type, a calendar, or PostgreSQL cannot hold. */
export const TEXTS: readonly string[] = [
  '', ' ', '\0', 'a\0b', '\ud800', 'x\udfff', '\u202e', '😀', "'", '"', "';--", '%', '%00', '%zz', '%ff', '\r\nX: y', '<b>&amp;', '../..', '..%2f', '..;/', '{{7*7}}',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'true',
  '0', '-1', '-0', '+1', '1.5', '.5', '5.', '1e2', '1e21', '1e400', '0x10', '1_000', '١٢', 'NaN', 'Infinity', '-Infinity',
  '2147483647', '2147483648', '-2147483649', '9007199254740993', '9223372036854775807', '9223372036854775808', '-9223372036854775809', '9'.repeat(40), `0.${'0'.repeat(400)}1`, `1${'0'.repeat(400)}`,
  'x'.repeat(300), 'x'.repeat(5_000), 'ü'.repeat(2_000),
];

export const DATES: readonly string[] = [
  '0000-00-00', '0000-01-01', '0001-01-01', '1969-12-31', '1970-01-01', '9999-12-31', '9999-12-31T23:59:59.999999999Z', '9999-12-31T23:59:59-23:59', '10000-01-01', '+010000-01-01', '+275760-09-13T00:00:00Z', '+275760-09-14', '275760-09-13', '-000001-01-01', '-271821-04-20', '4714-11-24 BC',
  '2023-02-29', '2024-02-30', '2024-13-01', '2016-12-31T23:59:60Z', '2024-01-01T24:00:00Z', '2024-01-01T25:00:00Z', '2024-01-01T00:00:00+99:99', '2024-01-01T00:00:00.123456789012345Z', 'infinity', '-infinity', 'now', 'epoch', 'tomorrow', '1e21', '1735689600000',
];

const nested = (levels: number, open: string, close: string): string => open.repeat(levels) + close.repeat(levels);

/** As they stand in JSON. */
export const JSON_TEXTS: readonly string[] = [
  'null', 'true', '0', '-1', '-0', '1.5', '1e21', '1e308', '1e999', '-1e999', '2147483648', '9007199254740993', '9223372036854775808', '9'.repeat(60), `0.${'0'.repeat(400)}1`,
  '""', '" "', '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"x\\udfff"', '"\\u202e"', '"1e21"', '"9223372036854775808"', '"-1"', '"0000-00-00"', '"9999-12-31"', '"+275760-09-14"', '"\'"', '"<"',
  `"${'x'.repeat(300)}"`, `"${'x'.repeat(70_000)}"`,
  '[]', '[null]', '[[]]', '{}', '{"a":1}', '{"\\u0000":"\\u0000"}', '{"\\ud800":"\\ud800"}', '{"__proto__":{"x":1}}', '{"constructor":1}', '[1,"a",{}]',
  nested(50, '[', ']'), nested(99, '{"a":', '}').replace(':}', ':1}'), nested(10_000, '[', ']'), nested(30_000, '{"a":', '}').replace(':}', ':1}'),
];

/** Whole bodies that are no document of anybody. */
export const BODIES: readonly (string | Buffer)[] = [
  '', ' ', 'null', '0', '"x"', '[]', '{}', '{', '[{"a":', '<', '<a/>', '<cXML/>', 'a=b', '=', '&&&', '%', 'a=%zz', 'a=%ff', '\0', '\u{feff}{}', '--x\r\n\r\n',
  Buffer.from([0xff, 0xfe, 0x7b, 0x00]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xc3]), Buffer.from([0x80, 0xff, 0x00, 0xfe]), Buffer.from('{"a":"\xff"}', 'latin1'),
  nested(10_000, '[', ']'), nested(100_000, '[', ']'), '['.repeat(100_000), nested(50_000, '{"a":', '}'), nested(5_000, '<a>', '</a>'),
];

/** As they stand in a query or path, not encoded any further. */
export const RAW_TEXTS: readonly string[] = ['%', '%z', '%zz', '%00', 'a%00b', '%ff', '%c3', '%ed%a0%80', '%c0%80', '%f4%90%80%80', '%u0000', '+', '%2f', '%2F..%2F', '..;', '%25', '%2500', "'", '[]', '{}', '|', '\\', '"', '<', '`', '^'];

/** Headers may hold bytes from 0x20 to 0xff. */
export const HEADER_TEXTS: readonly string[] = ['', ' ', 'x', '*', '*/*', ',', ';', '=', ';;;===', ',,,', '"', '"\\', '\xff\xfe', '\xc3\xbc', 'x'.repeat(4_000), 'a,'.repeat(2_000), '0', '-1', '1e21', '9'.repeat(30), '__proto__', '%00', '%ff', '%zz', 'null', 'text/html;q=x', 'application/json; charset=nonsense', 'multipart/form-data', 'multipart/form-data; boundary=', 'text/xml; charset=utf-32', 'gzip, gzip', 'Bearer', 'Bearer ', 'Bearer a.b.c', 'Basic', 'Basic =', 'Basic gICA', 'bytes=0-'];

export const HEADERS: readonly string[] = ['accept', 'accept-language', 'accept-encoding', 'accept-charset', 'authorization', 'content-type', 'content-encoding', 'cookie', 'origin', 'referer', 'host', 'user-agent', 'idempotency-key', 'if-none-match', 'if-match', 'if-modified-since', 'range', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-purpose', 'x-forwarded-for', 'x-forwarded-proto', 'forwarded', 'x-http-method-override', 'x-shopware-connect-shop', 'x-shopware-connect-key', 'access-control-request-method', 'access-control-request-headers', 'expect', 'via', 'x-request-id'];
