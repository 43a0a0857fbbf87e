import { describe, expect, it } from '@jest/globals';
import { redactForm, redactJson, redactXml } from '../../src/protocols/redact.js';
import { expectProportional } from '../support/growth.js';

describe('T62: documents are stored without their secrets', () => {
  it.each([
    '<SharedSecret>CANARY</SharedSecret>',
    '<SharedSecret><![CDATA[CANARY]]></SharedSecret>',
    '<SharedSecret> <![CDATA[CAN]]>ARY<![CDATA[CANARY]]> CANARY</SharedSecret>',
    '<SharedSecret>CANARY',
    '<SharedSecret><![CDATA[CANARY',
    '<SharedSecret>kept?<!-- no -->CANARY<?no?>CANARY</SharedSecret>',
    '<SharedSecret CANARY</SharedSecret>',
    '<SharedSecret <Extrinsic name="password">CANARY',
    '<SharedSecret x="<">CANARY</SharedSecret>',
    '<sharedsecret attr="x">CANARY</sharedsecret>',
    '<CredentialMac type="x">CANARY</CredentialMac>',
    '<SharedSecret1>CANARY</SharedSecret1>',
    '<SharedSecret.old x="1">CANARY</SharedSecret.old>',
    '<SharedSecretBackup><![CDATA[CANARY]]></SharedSecretBackup>',
    '<x:sharedsecret2>CANARY</x:sharedsecret2>',
    '<Password>CANARY</Password>',
    '&lt;SharedSecret&gt;CANARY&lt;/SharedSecret&gt;',
    '&amp;lt;SharedSecret1&amp;gt;CANARY&amp;lt;/SharedSecret1&amp;gt;',
    '&#60;SharedSecret&#62;CANARY&#60;/SharedSecret&#62;',
    '&#x3C;CredentialMac&#x3E;CANARY&#x3C;/CredentialMac&#x3E;',
    '%3CSharedSecret%3ECANARY%3C%2FSharedSecret%3E',
    '%253CSharedSecret%253ECANARY%253C%252FSharedSecret%253E',
    '\\u003CSharedSecret\\u003ECANARY\\u003C/SharedSecret\\u003E',
    '=3CSharedSecret=3ECANARY=3C/SharedSecret=3E',
    '&lt;Extrinsic name="password"&gt;CANARY&lt;/Extrinsic&gt;',
    '<SharedSecret>CANARY</SharedSecret>'.split('').join('\0'),
    '<Extrinsic name="UserPassword">CANARY</Extrinsic>',
    '<Extrinsic name="a>password">CANARY</Extrinsic>',
    '<Extrinsic <SharedSecret>CANARY</SharedSecret>',
    '<Extrinsic <Extrinsic name="token">CANARY</Extrinsic>',
    '<Extrinsic name="password" CANARY</Extrinsic>',
    '<URL>https://shop/login?x=1&amp;token=CANARY</URL>',
    '<URL>https://shop/login?token=CANARY&amp;y=2</URL>',
  ])('%s', (markup) => {
    const redacted = redactXml(`<cXML><Identity>kept</Identity>${markup}</cXML>`);
    expect(redacted).not.toContain('CANARY');
    expect(redacted).toContain('<Identity>kept</Identity>');
    expect(redacted).toContain('[redacted]');
  });

  it('but with the data that help to analyse a failed signature', () => {
    expect(
      redactXml(
        '<CredentialMac type="FromSenderCredentials" expirationDate="2026-01-01T00:00:00Z">CANARY</CredentialMac>',
      ),
    ).toBe(
      '<CredentialMac type="FromSenderCredentials" expirationDate="2026-01-01T00:00:00Z">[redacted]</CredentialMac>',
    );
    expect(redactXml('<Extrinsic name="CostCenter">4711</Extrinsic>')).toBe(
      '<Extrinsic name="CostCenter">4711</Extrinsic>',
    );
  });

  it('forms and JSON, by field names', () => {
    expect(
      redactForm(
        [
          { name: 'password', value: 'CANARY' },
          { name: 'KENNWORT', value: 'CANARY' },
          { name: 'USERNAME', value: 'u' },
        ],
        ['Kennwort'],
      ),
    ).toBe('password=[redacted]\nKENNWORT=[redacted]\nUSERNAME=u');
    expect(redactJson('{"api_key":"CANARY","a":{"client_secret":"CANARY","b":1}}')).toBe(
      '{"api_key":"[redacted]","a":{"client_secret":"[redacted]","b":1}}',
    );
    expect(redactJson('{"api_key":"CANARY"')).toBe('[not JSON]');
    expect(redactForm([{ name: 'xml', value: '<SharedSecret>CANARY</SharedSecret>' }])).toBe(
      'xml=<SharedSecret>[redacted]</SharedSecret>',
    );
    expect(redactJson('{"xml":"\\u003CSharedSecret>CANARY</SharedSecret>"}')).toBe(
      '{"xml":"<SharedSecret>[redacted]</SharedSecret>"}',
    );
  });

  it('a text that is escaped too often is not shown', () => {
    expect(redactXml(`&${'amp;'.repeat(9)}lt;SharedSecret&${'amp;'.repeat(9)}gt;CANARY`)).toBe(
      '[escaped too often to be shown]',
    );
  });

  it.each([
    '<SharedSecret',
    '<SharedSecret>',
    '<Extrinsic name="',
    '<Extrinsic name="token"',
    '<SharedSecret><![CDATA[',
    '<CredentialMac <!--',
    '?token=',
    ' ',
  ])('a megabyte of %j is read once (T67)', (text) => {
    expectProportional(1_000_000, (size) => void redactXml(text.repeat(Math.ceil(size / text.length))));
  });
});
