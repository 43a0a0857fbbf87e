import { describe, expect, it } from '@jest/globals';
import { redactForm, redactJson, redactXml } from '../../src/protocols/redact.js';
import { maskSecretMarkup } from '../../src/protocols/xml/mask-secret-markup.js';
import { readXml } from '../../src/protocols/xml/read-xml.js';
import { expectProportional } from '../support/growth.js';

const LIMITS = { depth: 20, attributesPerElement: 20, textLength: 100_000, elements: 1_000 };
const NAMES = [
  'SharedSecret',
  'sharedsecret',
  'Shared-Secret',
  'Shared_Secret',
  'SHARED.SECRET',
  'x:SharedSecret',
  'SharedSecret1',
  'UserPassword',
  'PWD',
  'Passwd',
  'Pass',
  'Kennwort',
  'Passphrase',
  'Pin',
  'pw',
  'ApiKey',
  'api-key',
  'API_KEY',
  'ns1:Api-Key',
  'AccessToken',
  'Token',
  'ClientSecret',
  'CredentialMac',
  'DigitalSignature',
  'Authorization',
];
const CARD = 'PCard';
const FIELDS = ['p', 'P', 'Credential', ...NAMES.filter((name) => !name.includes(':'))];

/** Forms of an element with a secret, complete or broken. */
const ELEMENTS: ((name: string, secret: string) => string)[] = [
  (name, secret) => `<${name}>${secret}</${name}>`,
  (name, secret) => `<${name} >\n${secret}\n</${name}\t>`,
  (name, secret) => `<${name} lang="de">a<b>${secret}</b>c</${name}>`,
  (name, secret) => `<${name}><b/>${secret}</${name}>`,
  (name, secret) => `<${name}><![CDATA[</${name}>${secret}]]></${name}>`,
  (name, secret) => `<${name}><!-- </${name}> -->${secret}</${name}>`,
  (name, secret) => `<${name}><${name}>a</${name}>${secret}</${name}>`,
  (name, secret) => `<${name} value="${secret}"/>`,
  (name, secret) => `<${name} type='${secret}'>x</${name}>`.replace(/(<[\w:]*CredentialMac) type/, '$1 note'),
  (name, secret) => `<Credential ${name}="${secret}"><Identity>x</Identity></Credential>`,
  (name, secret) => `<Extrinsic name="x" ${name} = '${secret}'/>`,
  (name, secret) => `<Extrinsic name="${name}">${secret}</Extrinsic>`,
  (name, secret) => `<Extrinsic xml:lang="de" name='${name}' value="${secret}"/>`,
  (name, secret) => `<Field name="${name}">a<b>${secret}</b></Field>`,
  (name, secret) => `<URL>https://erp.example/r?a=1&amp;${name.replace(':', '')}=${secret}</URL>`,
  (name, secret) => `<URL>https://user:${secret}@erp.example/${name.length}</URL>`,
  (name, secret) => `<!-- <${name}>${secret}</${name}> -->`,
  (name, secret) => `<![CDATA[<${name}>${secret}</${name}>]]>`,
  (name, secret) => `&lt;${name}&gt;${secret}&lt;/${name}&gt;`,
  (name, secret) => `%3C${name}%3E${secret}%3C%2F${name}%3E`,
];
const BROKEN: ((name: string, secret: string) => string)[] = [
  (name, secret) => `<${name}>Tiger<${secret}!7</${name}>`,
  (name, secret) => `<${name}><${secret}></${name}>`,
  (name, secret) => `<${name}><${secret}/></b></${name}>`,
  (name, secret) => `<${name}>a</${secret}></${name}>`,
  (name, secret) => `<${name}>a<b ${secret}="1" ${secret}="2"/></${name}>`,
  (name, secret) => `<${name}>a<b></${name}><i>${secret}</i>`,
  (name, secret) => `<${name}>a&${secret};b</${name}>`,
  (name, secret) => `<${name}>a&b${secret}</${name}>`,
  (name, secret) => `<${name}>a</Credential><${secret}>${secret}<${secret}>`,
  (name, secret) => `<${name} ${secret}</${name}>`,
  (name, secret) => `<${name} ${secret}>x</${name}>`,
  (name, secret) => `<${name} a="1"${secret}="2">x</${name}>`,
  (name, secret) => `<${name}><![CDATA[${secret}</${name}>`,
  (name, secret) => `<${name}><!-- ${secret}</${name}>`,
  (name, secret) => `<${name}>a<!${secret}></${name}>`,
  (name, secret) => `<Foo ${name}="Ti"${secret}"/>`,
  (name, secret) => `<Foo ${name}="Ti<${secret}"/>`,
  (name, secret) => `<Foo ${name}=${secret}/>`,
  (name, secret) => `<Extrinsic name="${name}" ${secret}</Extrinsic>`,
  (name, secret) => `<Extrinsic value="Ti"${secret}" name="${name}"/>`,
];

describe('T62: a secret is never in a refusal or in stored text', () => {
  const places = [...ELEMENTS, ...BROKEN].flatMap((write) =>
    NAMES.map((name) => (secret: string) => `<cXML>\n<Identity>kept</Identity>${write(name, secret)}\n</cXML>`),
  );

  it(`of ${places.length} places in XML`, () => {
    expect(places.length).toBeGreaterThan(900);
    for (const [index, write] of places.entries()) {
      const secret = `Zq${index}x`;
      const text = write(secret);
      const cutOff = text.slice(0, text.lastIndexOf(secret) + secret.length);
      // If the name comes after the secret, a cut text no longer shows that it is a secret.
      const documents = [text, text.replaceAll('\n', '\r\n'), ...(text.includes(`Ti"${secret}" name`) ? [] : [cutOff])];
      for (const document of documents) {
        const read = readXml(document, LIMITS);
        const reason = read.ok ? '' : JSON.stringify(read.refusal);
        const kept = redactXml(document);
        expect([document, reason]).toEqual([document, expect.not.stringContaining(secret)]);
        expect([document, kept]).toEqual([document, expect.not.stringContaining(secret)]);
        expect(kept).toContain('<Identity>kept</Identity>');
        expect(redactXml(kept)).toBe(kept);
      }
    }
  });

  it.each(NAMES.filter((name) => !/^(?:pin|pw)$/i.test(name)))(
    '%s with a part of the secret in its broken tag',
    (name) => {
      for (const document of [`<a><${name}Zq7x<`, `<a><${name}Zq7x</${name}></a>`, `<a><${name}Zq7x>x<`]) {
        const read = readXml(document, LIMITS);
        expect(JSON.stringify(read) + redactXml(document)).not.toContain('Zq7x');
      }
    },
  );

  it.each(FIELDS)('field %s of forms and JSON', (name) => {
    const json = JSON.stringify({ a: [{ [name]: 'Zq7x' }] });
    const xml = `<Extrinsic name="${name}">Zq7x</Extrinsic>`;
    const texts = [
      redactForm([{ name, value: 'Zq7x' }]),
      redactForm([{ name: json, value: '' }]),
      redactForm([{ name: `{"${name}":"ab`, value: 'Zq7x"}' }]),
      redactForm([{ name: `${name}: Zq7x`, value: '' }]),
      redactForm([{ name: 'payload', value: json }]),
      redactForm([{ name: 'payload', value: `${json}}` }]),
      redactForm([{ name: 'payload', value: `a=1&${name}=Zq7x` }]),
      redactForm([{ name: 'payload', value: Buffer.from(xml).toString('base64') }]),
      redactForm([{ name: 'HOOK_URL', value: `https://erp.example/r?${name}=Zq7x&b=1` }]),
      redactForm([
        { name: '<a', value: '"b"><SharedSecret>c' },
        { name: 'Zq7x</SharedSecret>', value: '' },
      ]),
      redactJson(json),
      redactJson(JSON.stringify({ body: json, xml })),
    ];
    for (const text of texts) expect(text).not.toContain('Zq7x');
  });

  it.each(['number', 'expiration', 'name'])('%s of a payment card, whole or broken', (attribute) => {
    for (const document of [
      `<a><${CARD} ${attribute}="Zq7x"/></a>`,
      `<a><x:pcard a="b" ${attribute}='Zq7x'>`,
      `<a><${CARD} ${attribute}="Zq7x<`,
    ]) {
      expect(redactXml(document)).not.toContain('Zq7x');
    }
  });

  it('other text stays unchanged', () => {
    const text =
      '<cXML payloadID="1"><!-- Login and password --><Description>a < b, <p>10 &amp; 5</p> <b>x</b></Description>' +
      '<URL>https://shop.example/r?page=2&amp;q=a</URL><Extrinsic name="CostCenter">4711</Extrinsic><SharedSecret/>' +
      '<BuyerCookie>c</BuyerCookie><Extrinsic name="a" value="&lt;p&gt;"/><![CDATA[1 < 2]]></cXML>';
    expect(redactXml(text)).toBe(text);
    expect(maskSecretMarkup(text, '')).toBe(text);
    const pairs = ['NEW_ITEM-LONGTEXT_1:132[]', '~OkCode', 'NEW_ITEM-PRICE[1]', 'USERNAME', 'u'];
    expect(redactForm(pairs.map((name) => ({ name, value: '<p>[x] {a}</p>' })))).toBe(
      pairs.map((name) => `${name}=<p>[x] {a}</p>`).join('\n'),
    );
  });

  it.each([
    '<',
    '< ',
    '<a b="',
    "<a b='",
    '<Password><b>',
    '<Password/>',
    '<a password="x">',
    '<![CDATA[',
    '<!--',
    '&lt;',
  ])('250,000 characters of %j are read once (T67)', (text) => {
    const unlimited = { ...LIMITS, textLength: 10_000_000, elements: 10_000_000, depth: 10_000_000 };
    expectProportional(250_000, (size) => {
      const long = text.repeat(Math.ceil(size / text.length));
      redactXml(long);
      redactXml(`<Password>${long}`);
      readXml(`<a><Password>${long}`, unlimited);
    });
  });
});
