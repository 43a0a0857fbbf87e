import { beforeAll, expect, it } from '@jest/globals';
import { describeShop } from '../../support/running-shop.js';
import { ROUTES } from './console-routes.js';
import { addOperators, emailOf, type Operating, OWN_FORM, signedIn } from './console-visitor.js';

/**
 * Percent-encoded: NUL, bytes that are not UTF-8, half a surrogate pair, markup, a long text, a name of every object.
 */
const TEXTS = [
  '%00',
  'a%00b',
  '%FF%FE',
  '%ED%A0%80',
  `%22%27%3E%3Cscript%3E`,
  'x'.repeat(3000),
  '__proto__',
  '-1',
  '1e9',
];

/** Segments of the routes that name something. */
const NAMES = /(?<=\/)(?:company-cxml|nobody|none|demo_a{26}|1|oci)(?=\/|$|\?)/g;

/** Every field that a form or an address of the console has. */
const FIELDS =
  `act address after cart choice code connection currency cursor customer customers days do done domain email
   event failed form formats from fresh grace group id identity json kind name next number order own_identity
   own_password password platform protocol q read reference refused returns revision role rows secret seen shipping
   promotions state step tail report templates text to to_domain to_identity unseen vendor_fields verdict version
   who target.0 sources.0 transforms.0 fixed.0 settings returnOrigins
   tenant_name frontendOrigins customerKeys orderSteps messageDays`.split(/\s+/);

describeShop('requests to the console that no page of ours makes', {}, (shop) => {
  let owner: Operating;
  beforeAll(async () => {
    await addOperators(shop());
    owner = await signedIn(shop(), emailOf('owner'));
  });

  const told: string[] = [];
  async function tried(method: string, path: string, body = ''): Promise<void> {
    const address = `/console${path}`;
    const answer =
      method === 'GET'
        ? await owner.browser.send(address, { raw: true })
        : await owner.browser.post(address, body, OWN_FORM);
    if (answer.status >= 500) told.push(`${method} ${path.slice(0, 200)} ${body.slice(0, 100)}: ${answer.status}`);
  }
  const changing = ROUTES.filter(([method, path]) => method === 'POST' && path !== '/sign-out');
  const reading = ROUTES.filter(([method]) => method === 'GET');

  it('hostile names in addresses fail nowhere', async () => {
    told.length = 0;
    for (const [method, path] of [...reading, ...changing])
      for (const [name] of path.matchAll(NAMES))
        for (const text of TEXTS)
          await tried(method, path.replace(name, text), `form_token=${owner.formToken}&version=1`);
    expect(told).toEqual([]);
  }, 60_000);

  it('hostile values in addresses fail nowhere', async () => {
    told.length = 0;
    for (const [, path] of reading)
      for (const text of TEXTS) {
        const query = FIELDS.map((name) => `${name}=${text.slice(0, 100)}`).join('&');
        await tried('GET', `${path}${path.includes('?') ? '&' : '?'}${query}`);
        await tried('GET', `${path}${path.includes('?') ? '&' : '?'}${query}&${query.replaceAll('=', '[]=')}`);
      }
    expect(told).toEqual([]);
  }, 60_000);

  it('hostile fields of forms fail nowhere', async () => {
    told.length = 0;
    for (const [, path] of changing) {
      for (const text of TEXTS)
        await tried(
          'POST',
          path,
          [`form_token=${owner.formToken}`, ...FIELDS.map((name) => `${name}=${text}`)].join('&'),
        );
      await tried('POST', path, `form_token=${owner.formToken}&${'a=1&'.repeat(10_000)}`);
      await tried(
        'POST',
        path,
        `form_token=${owner.formToken}&${FIELDS.map((name) => `${name}[]=1&${name}=1&${name}=2`).join('&')}`,
      );
    }
    expect(told).toEqual([]);
  }, 60_000);

  it('hostile fields of pages without a sign-in fail nowhere', async () => {
    told.length = 0;
    for (const path of [
      '/sign-in',
      '/hand-over/x',
      '/test-returns/x',
      '/test-returns/x.y',
      '/test-returns/x/start-sso-checkout',
    ])
      for (const text of TEXTS) {
        await tried('POST', path, FIELDS.map((name) => `${name}=${text}`).join('&'));
        await tried('POST', path.replace('/x', `/${text}`), '');
        await tried('GET', path.replace('/x', `/${text}`));
      }
    expect(told).toEqual([]);
  }, 60_000);
});
