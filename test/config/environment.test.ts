import { expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { validateOptions } from '../../src/config/options.js';

it('limits of sockets and requests are absent unless they are set, and 0 disables them', () => {
  const names = ['maxSockets', 'maxSocketsPerAddress', 'requestsPerAddress', 'requestsPerStranger'] as const;
  const read = (env: Record<string, string>): unknown[] => names.map((name) => serverSettings(env)[name]);
  expect(read({})).toEqual([undefined, undefined, undefined, undefined]);
  expect(
    read({ MAX_SOCKETS: '500', MAX_SOCKETS_PER_ADDRESS: '0', REQUESTS_PER_ADDRESS: '0', REQUESTS_PER_STRANGER: '300' }),
  ).toEqual([500, 0, 0, 300]);
});

it('an invalid number is reported, with the allowed values', () => {
  const env = {
    MAX_SOCKETS: '5',
    MAX_SOCKETS_PER_ADDRESS: '-1',
    REQUESTS_PER_ADDRESS: 'many',
    REQUESTS_PER_STRANGER: '1.5',
  };
  for (const sentence of [
    /MAX_SOCKETS: sockets of the process, from 10/,
    /MAX_SOCKETS_PER_ADDRESS: .* 0 for no bound/,
    /REQUESTS_PER_ADDRESS: requests a minute/,
    /REQUESTS_PER_STRANGER: requests a minute/,
  ])
    expect(() => serverSettings(env)).toThrow(sentence);
  const options = { database: { directory: 'x' }, publicUrl: 'https://shop.example', store: {} as never };
  for (const name of ['requestsPerAddress', 'requestsPerStranger'])
    expect(() => validateOptions({ ...options, [name]: -1 })).toThrow(`${name}: a whole number, 0 for no limit`);
});
