import { describe, expect, it } from '@jest/globals';
import { redactForm, redactJson, redactXml } from '../../src/protocols/redact.js';

describe('SECURITY T62: documents are kept without their secrets', () => {
  it.each([
    '<SharedSecret>CANARY</SharedSecret>',
    '<SharedSecret><![CDATA[CANARY]]></SharedSecret>',
    '<SharedSecret> <![CDATA[CAN]]>ARY<![CDATA[CANARY]]> CANARY</SharedSecret>',
    '<SharedSecret>CANARY',
    '<SharedSecret><![CDATA[CANARY',
    '<sharedsecret attr="x">CANARY</sharedsecret>',
    '<CredentialMac type="x">CANARY</CredentialMac>',
    '<Extrinsic name="UserPassword">CANARY</Extrinsic>',
    '<URL>https://shop/login?x=1&amp;token=CANARY</URL>',
    '<URL>https://shop/login?token=CANARY&amp;y=2</URL>',
  ])('%s', (markup) => {
    const redacted = redactXml(`<cXML><Identity>kept</Identity>${markup}</cXML>`);
    expect(redacted).not.toContain('CANARY');
    expect(redacted).toContain('<Identity>kept</Identity>');
    expect(redacted).toContain('[redacted]');
  });

  it('forms and JSON, by the names of their fields', () => {
    expect(redactForm([{ name: 'password', value: 'CANARY' }, { name: 'KENNWORT', value: 'CANARY' }, { name: 'USERNAME', value: 'u' }], ['Kennwort'])).toBe('password=[redacted]\nKENNWORT=[redacted]\nUSERNAME=u');
    expect(redactJson('{"api_key":"CANARY","a":{"client_secret":"CANARY","b":1}}')).toBe('{"api_key":"[redacted]","a":{"client_secret":"[redacted]","b":1}}');
    expect(redactJson('{"api_key":"CANARY"')).toBe('[not JSON]');
  });
});
