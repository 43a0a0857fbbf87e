import { describe, expect, it } from '@jest/globals';
import {
  checkCredentialMac,
  credentialMacFault,
  credentialMacValue,
} from '../../../src/protocols/cxml/check-credential-mac.js';

const party = { domain: 'NetworkId', identity: ' AN9900000100 ' };
const mac = {
  type: 'FromSenderCredentials',
  algorithm: 'HMAC-SHA1-96',
  creationDate: '2003-01-15T08:42:46-08:00',
  expirationDate: '2003-01-15T11:42:46-08:00',
  value: 'cR6Jpz58nriXERDN',
};
const within = new Date('2003-01-15T17:00:00Z');

describe('checkCredentialMac', () => {
  it('cxml.md 2.8: computes the test vector, ignoring letter case and blanks of the credentials', () => {
    expect(credentialMacValue(mac, party, party, 'abracadabra')).toBe('cR6Jpz58nriXERDN');
    expect(checkCredentialMac(mac, party, party, 'abracadabra', within)).toBe(true);
  });

  it.each([
    ['5 minutes before its creation', '2003-01-15T16:37:46Z', true],
    ['a second earlier', '2003-01-15T16:37:45Z', false],
    ['5 minutes after its expiry', '2003-01-15T19:47:46Z', true],
    ['a second later', '2003-01-15T19:47:47Z', false],
  ])('cxml.md 2.8, P13: clocks may differ by 5 minutes: %s', (_, at, taken) => {
    expect(checkCredentialMac(mac, party, party, 'abracadabra', new Date(at))).toBe(taken);
    expect(credentialMacFault(mac, new Date(at)) === undefined).toBe(taken);
  });

  it('the fault of a MAC names the date, our time and the remedy; a valid MAC has no fault', () => {
    const fault = (change: Partial<typeof mac>, at = within): string | undefined =>
      credentialMacFault({ ...mac, ...change }, at);
    expect(fault({}, new Date('2003-01-15T16:37:45Z'))).toBe(
      'The creationDate of the CredentialMac, 2003-01-15T16:42:46.000Z, is in the future. It is ' +
        '2003-01-15T16:37:45.000Z here; a difference of 5 minutes is allowed. Set the clock of the sending system.',
    );
    expect(fault({}, new Date('2003-01-15T19:47:47Z'))).toBe(
      'The CredentialMac expired at 2003-01-15T19:42:46.000Z (expirationDate). It is 2003-01-15T19:47:47.000Z ' +
        'here; a difference of 5 minutes is allowed. Make a new one for each document.',
    );
    expect(fault({ creationDate: 'soon' })).toContain('creationDate of the CredentialMac is not a date');
    expect(fault({ expirationDate: 'later' })).toContain('expirationDate of the CredentialMac is not a date');
    expect(fault({ algorithm: 'HMAC-SHA256' })).toContain('algorithm="HMAC-SHA1-96"');
    expect(fault({ value: 'wrong' })).toBeUndefined();
  });

  it('refuses a validity that ends before it starts, however short', () => {
    const turned = { creationDate: '2003-01-15T17:02:00Z', expirationDate: '2003-01-15T16:58:00Z' };
    const made = { ...mac, ...turned, value: credentialMacValue(turned, party, party, 'abracadabra') };
    expect(credentialMacFault(made, within)).toContain('is before its creationDate');
    expect(checkCredentialMac(made, party, party, 'abracadabra', within)).toBe(false);
  });

  it.each([
    ['another secret', mac, party, 'abracadabrA'],
    ['another identity', mac, { ...party, identity: 'AN9900000101' }, 'abracadabra'],
    ['another domain', mac, { ...party, domain: 'DUNS' }, 'abracadabra'],
    ['another value', { ...mac, value: 'cR6Jpz58nriXERDM' }, party, 'abracadabra'],
    [
      'the printed value that is a byte short (cxml.md 10.10)',
      { ...mac, value: 'cR6Jpz58nriXERD' },
      party,
      'abracadabra',
    ],
    ['no value', { ...mac, value: '' }, party, 'abracadabra'],
    ['another type', { ...mac, type: 'SenderCredentials' }, party, 'abracadabra'],
    ['another algorithm', { ...mac, algorithm: 'none' }, party, 'abracadabra'],
    ['a moved expiry', { ...mac, expirationDate: '2033-01-15T11:42:46-08:00' }, party, 'abracadabra'],
    [
      'dates that are none',
      {
        ...mac,
        creationDate: 'x',
        expirationDate: 'y',
        value: credentialMacValue({ creationDate: 'x', expirationDate: 'y' }, party, party, 'abracadabra'),
      },
      party,
      'abracadabra',
    ],
  ])('cxml.md 2.8: refuses %s', (_, value, from, secret) => {
    expect(checkCredentialMac(value, from, party, secret, within)).toBe(false);
  });
});
