import { describe, expect, it } from '@jest/globals';
import { isNetworkText } from '../../../src/config/network-text.js';
import { countedAddress, isInNetworks } from '../../../src/http/callers/network-list.js';

describe('Addresses and networks (T36)', () => {
  it.each([
    ['192.0.2.7', ['192.0.2.7'], true],
    ['192.0.2.8', ['192.0.2.7'], false],
    ['::ffff:192.0.2.7', ['192.0.2.7'], true],
    ['::ffff:c000:207', ['192.0.2.0/24'], true],
    ['192.0.2.7', ['::ffff:192.0.2.7'], true],
    ['192.0.3.7', ['::ffff:192.0.2.0/120'], false],
    ['192.0.2.9', ['::ffff:192.0.2.0/120'], true],
    ['10.255.255.255', ['10.0.0.0/8'], true],
    ['11.0.0.0', ['10.0.0.0/8'], false],
    ['2001:db8::1', ['2001:db8::/32'], true],
    ['2001:0DB8:0:0::1', ['2001:db8::1'], true],
    ['2001:db9::1', ['2001:db8::/32'], false],
    ['192.0.2.7', ['::/0'], false],
    ['2001:db8::1', ['0.0.0.0/0'], false],
    ['fe80::1%eth0', ['fe80::/10'], true],
    ['', ['0.0.0.0/0', '::/0'], false],
    [undefined, ['0.0.0.0/0'], false],
    ['unknown', ['0.0.0.0/0', '::/0'], false],
  ])('%s in %j: %s', (address, networks, inside) => {
    expect(isInNetworks(address, networks)).toBe(inside);
  });

  it('an IPv6 subscriber is counted by its /64, an IPv4-mapped address as IPv4', () => {
    expect(
      ['2001:db8:1:2:3::4', '2001:db8:1:2:ffff::', '::ffff:192.0.2.7', '192.0.2.7', undefined].map(countedAddress),
    ).toEqual(['2001:db8:1:2::/64', '2001:db8:1:2::/64', '192.0.2.7', '192.0.2.7', 'unknown']);
  });

  it.each(['192.0.2.7', '10.0.0.0/8', '0.0.0.0/0', '2001:db8::/32', '::1', '::ffff:192.0.2.7'])('%s is valid', (text) =>
    expect(isNetworkText(text)).toBe(true),
  );
  it.each([
    '',
    '10',
    '10.0.0',
    '010.0.0.1',
    '0x7f.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '::/129',
    'example.com',
    '10.0.0.1 ',
    '10.0.0.0/8/8',
    '1.2.3.4:80',
  ])('%j is invalid', (text) => expect(isNetworkText(text)).toBe(false));
});
