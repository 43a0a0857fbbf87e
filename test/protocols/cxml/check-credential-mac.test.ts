import { describe, expect, it } from '@jest/globals';
import { checkCredentialMac, credentialMacValue } from '../../../src/protocols/cxml/check-credential-mac.js';

const party = { domain: 'NetworkId', identity: ' AN9900000100 ' };
const mac = { type: 'FromSenderCredentials', algorithm: 'HMAC-SHA1-96', creationDate: '2003-01-15T08:42:46-08:00', expirationDate: '2003-01-15T11:42:46-08:00', value: 'cR6Jpz58nriXERDN' };
const within = new Date('2003-01-15T17:00:00Z');

describe('checkCredentialMac', () => {
  it('RULES 2.8: gives the value of the vector, whatever the letter case and blanks of the credentials', () => {
    expect(credentialMacValue(mac, party, party, 'abracadabra')).toBe('cR6Jpz58nriXERDN');
    expect(checkCredentialMac(mac, party, party, 'abracadabra', within)).toBe(true);
  });

  it('RULES 2.8: refuses before creation and after expiry', () => {
    expect(checkCredentialMac(mac, party, party, 'abracadabra', new Date('2003-01-15T16:42:45Z'))).toBe(false);
    expect(checkCredentialMac(mac, party, party, 'abracadabra', new Date('2003-01-15T19:42:47Z'))).toBe(false);
  });

  it.each([
    ['another secret', mac, party, 'abracadabrA'],
    ['another identity', mac, { ...party, identity: 'AN9900000101' }, 'abracadabra'],
    ['another domain', mac, { ...party, domain: 'DUNS' }, 'abracadabra'],
    ['another value', { ...mac, value: 'cR6Jpz58nriXERDM' }, party, 'abracadabra'],
    ['the printed value that is a byte short (RULES 10.10)', { ...mac, value: 'cR6Jpz58nriXERD' }, party, 'abracadabra'],
    ['no value', { ...mac, value: '' }, party, 'abracadabra'],
    ['another type', { ...mac, type: 'SenderCredentials' }, party, 'abracadabra'],
    ['another algorithm', { ...mac, algorithm: 'none' }, party, 'abracadabra'],
    ['a moved expiry', { ...mac, expirationDate: '2033-01-15T11:42:46-08:00' }, party, 'abracadabra'],
    ['dates that are none', { ...mac, creationDate: 'x', expirationDate: 'y', value: credentialMacValue({ creationDate: 'x', expirationDate: 'y' }, party, party, 'abracadabra') }, party, 'abracadabra'],
  ])('RULES 2.8: refuses %s', (_, value, from, secret) => {
    expect(checkCredentialMac(value, from, party, secret, within)).toBe(false);
  });
});
