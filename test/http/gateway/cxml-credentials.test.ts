import { describe, expect, it } from '@jest/globals';
import { credentialMacValue } from '../../../src/protocols/cxml/check-credential-mac.js';
import { cxmlStatus, idOf, postXml, rowOf, setupXml, startUrlOf } from '../../support/call-ups.js';
import { type RunningShop, describeShop } from '../../support/running-shop.js';
import { connectionSettings } from '../../../src/config/connection-settings.js';
import type { Answer } from '../../support/web-client.js';

interface Organisation {
  tenantId: string;
  identity: string;
  supplier: string;
  secret: string;
}

const A: Organisation = { tenantId: 'firma', identity: 'Buyer-A', supplier: '111', secret: 'secret-of-a' };
const B: Organisation = { tenantId: 'betrieb', identity: 'Buyer-B', supplier: '222', secret: 'secret-of-b' };

interface Wish {
  cxml?: object;
  recoverable?: boolean;
  demo?: boolean;
  domain?: string;
}

async function onboard(
  { connector }: RunningShop,
  { tenantId, identity, supplier, secret }: Organisation,
  connectionId: string,
  { cxml = {}, recoverable = false, domain = 'NetworkId' }: Wish = {},
): Promise<void> {
  const { tenants, connections } = connector.directory;
  await tenants.save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
  const checked = connectionSettings({
    returnOrigins: ['https://erp.company.com'],
    cxml: { supplier: { domain: 'DUNS', identity: supplier }, to: [{ domain: 'DUNS', identity: supplier }], ...cxml },
  });
  if (!checked.ok) throw new Error(checked.refusal.reason);
  await connections.save({
    tenantId,
    connectionId,
    name: connectionId,
    protocol: 'cxml',
    demo: false,
    settings: checked.value,
  });
  await connections.addCredential(tenantId, connectionId, { kind: 'cxml', domain, identity });
  await connections.addSecret(tenantId, connectionId, secret, recoverable ? 'recoverable' : 'hashed');
}

interface Parties {
  from?: string;
  to?: string;
  sender?: string;
  /** Replaces SharedSecret. */
  proof?: string;
  secret?: string;
  email?: string;
  cookie?: string;
}

const credential = (domain: string, identity: string, more = '', type = ''): string =>
  `<Credential domain="${domain}"${type === '' ? '' : ` type="${type}"`}><Identity>${identity}</Identity>` +
  `${more}</Credential>`;

function call(
  shop: RunningShop,
  {
    from = '',
    to = credential('DUNS', A.supplier),
    sender,
    proof,
    secret = '',
    email = 'user@company.com',
    cookie = 'cookie',
  }: Parties,
): Promise<Answer> {
  const shown = proof ?? `<SharedSecret>${secret}</SharedSecret>`;
  const header =
    `<Header><From>${from}</From><To>${to}</To>` +
    `<Sender>${(sender ?? from).replace('</Identity></Credential>', `</Identity>${shown}</Credential>`)}</Sender>` +
    '</Header>';
  return postXml(
    shop.browser(),
    setupXml({ buyerCookie: cookie })
      .replace(/<Header>[\s\S]*<\/Header>/, header)
      .replace('user@company.com', email),
  );
}

const own = (organisation: Organisation): string => credential('NetworkId', organisation.identity);
const codeOf = (answer: Answer): string => cxmlStatus(answer).code;
const tenantOf = (answer: Answer): string => idOf(startUrlOf(answer)).split('_')[0] ?? '';

describeShop('cXML credentials', {}, (shop) => {
  describe('T27, cxml.md 2.3: two tenants', () => {
    const CHOICES = [A, B].flatMap((from) =>
      [A, B].flatMap((to) => [A, B].flatMap((sender) => [A, B].flatMap((secret) => [{ from, to, sender, secret }]))),
    );

    it('From, To, Sender and secret must belong to one organisation: 0 crossings', async () => {
      await onboard(shop(), A, 'one');
      await onboard(shop(), B, 'one');
      const crossings: string[] = [];
      for (const { from, to, sender, secret } of CHOICES) {
        const whole = new Set([from, to, sender, secret]).size === 1;
        for (const other of [A, B]) {
          const answer = await call(shop(), {
            from: own(from),
            to: credential('DUNS', to.supplier),
            sender: own(sender),
            secret: secret.secret,
            email: `${other.identity}@company.com`,
            cookie: other.identity,
          });
          const seen = codeOf(answer) === '200' ? tenantOf(answer) : codeOf(answer);
          if (seen !== (whole ? from.tenantId : '401'))
            crossings.push([from, to, sender, secret, other].map(({ tenantId }) => tenantId).join(' '));
        }
      }
      expect(crossings).toEqual([]);
    }, 120_000);

    it('the same BuyerCookie of both leads to two separate transmissions', async () => {
      const rows = [];
      for (const organisation of [A, B])
        rows.push(
          await rowOf(
            shop(),
            idOf(
              startUrlOf(
                await call(shop(), {
                  from: own(organisation),
                  to: credential('DUNS', organisation.supplier),
                  secret: organisation.secret,
                  cookie: 'same',
                }),
              ),
            ),
          ),
        );
      expect(rows.map((row) => [row['tenant_id'], row['buyer_cookie']])).toEqual([
        [A.tenantId, 'same'],
        [B.tenantId, 'same'],
      ]);
    });

    it('two organisations with the same secret cannot act for each other', async () => {
      const twins = [
        { ...A, identity: 'Twin-A', secret: 'shared' },
        { ...B, identity: 'Twin-B', secret: 'shared' },
      ] as const;
      for (const twin of twins) await onboard(shop(), twin, 'twin');
      expect(codeOf(await call(shop(), { from: own(twins[0]), sender: own(twins[1]), secret: 'shared' }))).toBe('401');
      expect(codeOf(await call(shop(), { from: own(twins[0]), sender: own(twins[0]), secret: 'shared' }))).toBe('200');
    });
  });

  describe('cxml.md 2.5: several credentials of a party', () => {
    const wholesale = { ...A, identity: 'Wholesale', secret: 'w' };

    it('all known ones must belong to the same organisation; unknown ones are skipped', async () => {
      await onboard(shop(), wholesale, 'wholesale');
      await onboard(shop(), B, 'one');
      const asked = async (more: string): Promise<string> =>
        codeOf(await call(shop(), { from: own(wholesale) + more, sender: own(wholesale), secret: 'w' }));
      expect(await asked(credential('SystemID', '4711'))).toBe('200');
      expect(await asked(credential('DUNS', 'Wholesale'))).toBe('200');
      expect(await asked(credential('NetworkId', B.identity))).toBe('401');
      expect(await asked(credential('NETWORKID', 'Wholesale2'))).toBe('401');
      expect(await asked(credential('networkid', 'wholesale'))).toBe('200');
    });

    it('two senders in one domain, and a To of ours with a wrong second name: refused', async () => {
      expect(
        codeOf(
          await call(shop(), {
            from: own(wholesale),
            sender: own(wholesale) + credential('networkid', 'other'),
            secret: 'w',
          }),
        ),
      ).toBe('401');
      expect(
        codeOf(
          await call(shop(), {
            from: own(wholesale),
            to: credential('DUNS', A.supplier) + credential('duns', '999'),
            secret: 'w',
          }),
        ),
      ).toBe('401');
      expect(
        codeOf(
          await call(shop(), {
            from: own(wholesale),
            to: credential('DUNS', A.supplier) + credential('NetworkId', 'AN9'),
            secret: 'w',
          }),
        ),
      ).toBe('200');
    });

    it("cxml.md 2.6: a marketplace's credential does not identify the member, and is kept", async () => {
      const hub = credential('AribaNetworkUserId', B.identity, '', 'marketplace');
      await onboard(shop(), B, 'hub', { domain: 'AribaNetworkUserId' });
      const answer = await call(shop(), { from: hub + own(wholesale), sender: own(wholesale), secret: 'w' });
      expect(codeOf(answer)).toBe('200');
      expect((await rowOf(shop(), idOf(startUrlOf(answer))))['request']).toMatchObject({
        parties: {
          from: [
            { domain: 'AribaNetworkUserId', identity: B.identity, type: 'marketplace' },
            { domain: 'NetworkId', identity: 'Wholesale' },
          ],
        },
      });
    });
  });

  it('cxml.md 2.4: domains in any letter case; an identity first exactly, then in any letter case', async () => {
    const upper = { ...A, identity: 'ANNE', secret: 'upper' };
    const lower = { ...B, identity: 'anne', secret: 'lower' };
    await onboard(shop(), upper, 'anne', { domain: 'AribaNetworkUserId' });
    await onboard(shop(), lower, 'anne', { domain: 'AribaNetworkUserId' });
    const asked = (
      identity: string,
      { secret, supplier }: Organisation,
      domain = 'AribaNetworkUserId',
    ): Promise<Answer> =>
      call(shop(), { from: credential(domain, identity), to: credential('DUNS', supplier), secret });
    expect(tenantOf(await asked('ANNE', upper))).toBe(upper.tenantId);
    expect(tenantOf(await asked('anne', lower, 'ARIBANETWORKUSERID'))).toBe(lower.tenantId);
    expect(codeOf(await asked('ANNE', lower))).toBe('401');
    expect(tenantOf(await asked('Anne', upper))).toBe(upper.tenantId);
  });

  it('cxml.md 2.1, 2.3: cxml.sender: only a hub that the connection names may send', async () => {
    const member = { ...A, identity: 'Member', secret: 'of-the-hub' };
    await onboard(shop(), member, 'member', { cxml: { sender: [{ domain: 'NetworkId', identity: 'HUB' }] } });
    const asked = async (sender: string, secret = 'of-the-hub'): Promise<string> =>
      codeOf(await call(shop(), { from: own(member), sender, secret }));
    expect(await asked(credential('networkid', 'hub'))).toBe('200');
    expect(await asked(credential('NetworkId', 'HUB') + credential('SystemID', 'x'))).toBe('200');
    expect(await asked(credential('NetworkId', 'HUB'), 'wrong')).toBe('401');
    expect(await asked(own(member))).toBe('401');
    expect(await asked(credential('DUNS', 'HUB'))).toBe('401');
  });

  describe('cxml.md 2.8: CredentialMac', () => {
    const signing = { ...A, identity: 'Signing', secret: 'abracadabra' };
    const plain = { ...A, identity: 'Plain', secret: 'abracadabra' };
    const at = (minutes: number): string =>
      new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z$/, '+00:00');

    function macOf(
      identity: string,
      change: Partial<
        Record<'type' | 'algorithm' | 'creationDate' | 'expirationDate' | 'secret' | 'value', string>
      > = {},
    ): string {
      const mac = {
        type: 'FromSenderCredentials',
        algorithm: 'HMAC-SHA1-96',
        creationDate: at(-5),
        expirationDate: at(60),
        ...change,
      };
      const named = { domain: 'NetworkId', identity };
      const value = change.value ?? credentialMacValue(mac, named, named, change.secret ?? 'abracadabra');
      return (
        `<CredentialMac type="${mac.type}" algorithm="${mac.algorithm}" creationDate="${mac.creationDate}" ` +
        `expirationDate="${mac.expirationDate}">${value}</CredentialMac>`
      );
    }

    it('is accepted if the connection allows it, in addition to its SharedSecret', async () => {
      await onboard(shop(), signing, 'signing', { cxml: { allowMac: true }, recoverable: true });
      expect(codeOf(await call(shop(), { from: own(signing), proof: macOf('Signing') }))).toBe('200');
      expect(codeOf(await call(shop(), { from: own(signing), proof: macOf('signing') }))).toBe('200');
      expect(codeOf(await call(shop(), { from: own(signing), secret: signing.secret }))).toBe('200');
    });

    const withoutIds = (answer: Answer): string => answer.text.replace(/payloadID="[^"]*" timestamp="[^"]*"/, '');

    it('with another secret, or if it is not allowed: 401, the same body', async () => {
      await onboard(shop(), signing, 'signing', { cxml: { allowMac: true }, recoverable: true });
      await onboard(shop(), plain, 'plain', { recoverable: true });
      await onboard(shop(), { ...plain, identity: 'Hashed' }, 'hashed', { cxml: { allowMac: true } });
      const faults = [
        { from: own(signing), proof: macOf('Signing', { secret: 'wrong' }) },
        { from: own(signing), proof: macOf('Signing', { secret: '' }) },
        { from: credential('NetworkId', 'nobody'), proof: macOf('nobody', { secret: '' }) },
        { from: own(signing), proof: macOf('Signing', { value: '' }) },
        { from: own(signing), proof: macOf('Plain') },
        { from: own(plain), proof: macOf('Plain') },
        { from: credential('NetworkId', 'Hashed'), proof: macOf('Hashed') },
        { from: credential('NetworkId', 'nobody'), proof: macOf('nobody') },
      ];
      const bodies = [];
      for (const fault of faults) bodies.push(withoutIds(await call(shop(), fault)));
      expect(bodies.map((body) => /code="(\d+)"/.exec(body)?.[1])).toEqual(faults.map(() => '401'));
      expect(new Set(bodies).size).toBe(1);
    });

    it('P13: the clocks may differ by 5 minutes in both directions', async () => {
      await onboard(shop(), signing, 'signing', { cxml: { allowMac: true }, recoverable: true });
      for (const change of [{ creationDate: at(4) }, { creationDate: at(-60), expirationDate: at(-4) }]) {
        expect(codeOf(await call(shop(), { from: own(signing), proof: macOf('Signing', change) }))).toBe('200');
      }
    });

    it.each([
      ['expired', { creationDate: at(-120), expirationDate: at(-60) }, 'expired at'],
      ['of the future', { creationDate: at(60) }, 'is in the future'],
      ['of another algorithm', { algorithm: 'HMAC-SHA256' }, 'algorithm="HMAC-SHA1-96"'],
      ['of another type', { type: 'other' }, 'type="FromSenderCredentials"'],
      ['without a date', { creationDate: 'soon' }, 'creationDate of the CredentialMac is not a date'],
    ])('%s: 401 with the reason, which is the same for every name and every secret', async (_, change, reason) => {
      await onboard(shop(), signing, 'signing', { cxml: { allowMac: true }, recoverable: true });
      await onboard(shop(), plain, 'plain', { recoverable: true });
      const answers = [];
      for (const [identity, secret] of [
        ['Signing', signing.secret],
        ['Signing', 'wrong'],
        ['Plain', plain.secret],
        ['nobody', 'any'],
      ] as const) {
        answers.push(
          await call(shop(), {
            from: credential('NetworkId', identity),
            proof: macOf(identity, { ...change, secret }),
          }),
        );
      }
      expect(answers.map((answer) => cxmlStatus(answer))).toEqual(
        answers.map(() => ({ code: '401', text: expect.stringContaining(reason) })),
      );
      const timeless = answers.map((answer) => withoutIds(answer).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then'));
      expect(new Set(timeless).size).toBe(1);
    });

    it('a SharedSecret next to an expired MAC still proves the caller', async () => {
      await onboard(shop(), signing, 'signing', { cxml: { allowMac: true }, recoverable: true });
      const old = macOf('Signing', { creationDate: at(-60), expirationDate: at(-6) });
      expect(
        codeOf(
          await call(shop(), { from: own(signing), proof: `<SharedSecret>${signing.secret}</SharedSecret>${old}` }),
        ),
      ).toBe('200');
      const refused = await call(shop(), { from: own(signing), proof: `<SharedSecret>wrong</SharedSecret>${old}` });
      expect(cxmlStatus(refused)).toEqual({ code: '401', text: 'The credentials are not valid.' });
    });

    it('T29: the secret is nowhere in plain text in the database', async () => {
      const rows = await shop().knex('connection_secret').select('*');
      expect(JSON.stringify(rows)).not.toContain('abracadabra');
      expect(rows.some((row: { sealed_secret: string | null }) => row.sealed_secret?.startsWith('v1.'))).toBe(true);
    });
  });

  it('cxml.md 2.9: a digital signature is refused with 450 and a reason, not ignored', async () => {
    const signed = setupXml().replace(
      '</cXML>',
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature></cXML>',
    );
    expect(cxmlStatus(await postXml(shop().browser(), signed))).toEqual({
      code: '450',
      text: expect.stringContaining('signatures are not supported'),
    });
    const inSender = setupXml().replace(
      /<SharedSecret>[^<]*<\/SharedSecret>/,
      '<DigitalSignature type="PK7 self-contained" encoding="Base64">AAAA</DigitalSignature>',
    );
    expect(cxmlStatus(await postXml(shop().browser(), inSender)).code).toBe('450');
  });

  it('cxml.md 2.10: unknown name and wrong secret cannot be told apart', async () => {
    const bodies = [];
    for (const wish of [{ secret: 'wrong' }, { identity: 'nobody' }, { fromDomain: 'DUNS' }, { to: '999' }])
      bodies.push(
        (await postXml(shop().browser(), setupXml(wish))).text.replace(/payloadID="[^"]*" timestamp="[^"]*"/, ''),
      );
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain('code="401"');
  });
});
