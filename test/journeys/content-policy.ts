import { digestOf, newSecret } from '../../src/domain/digest.js';
import type { TransferPayload } from '../../src/domain/transmission/transfer-payload.js';
import { type Checks, until } from './checks.js';
import { escaped } from './world/buyer.js';
import { visitor } from './world/chromium.js';
import { fillCart, pressTransfer, shopFrame, stateOf } from './world/shopping.js';
import type { World } from './world/world.js';

/**
 * T07, T15, T16: configuration decides where a cart may go and which sites may frame our pages, and Chromium enforces
 * it.
 */
export async function contentPolicy(world: World, check: Checks): Promise<void> {
  await bouncingHooks(world, check);
  await foreignTargets(world, check);
  await framing(world, check);
  await traces(world, check);
}

/** What Chromium has refused above is in the message log of the tenant. */
async function traces({ server, origins }: World, check: Checks): Promise<void> {
  const key = newSecret();
  await server.connector.directory.apiKeys.save({
    tenantId: 'acme',
    keyId: 'journeys',
    name: 'journeys',
    scopes: ['read'],
    demo: false,
    createdAt: new Date(),
    digest: digestOf(key),
  });
  for (const [code, seen] of [
    ['SENDING_REFUSED', `The browser did not send the form of the transfer page to ${origins.buyer}. It is listed`],
    ['FRAMING_REFUSED', `was opened in a frame by ${origins.evil}, which may not frame it`],
  ] as const) {
    const answer = await fetch(`${server.url}/v1/punchout/messages?code=${code}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const { data } = (await answer.json()) as { data: { messages: { session_id: string | null; reason: string }[] } };
    const found = data.messages.filter(({ session_id: session, reason }) => session !== null && reason.includes(seen));
    check.holds(`${code} is in the message log, with the origin and its session`, found.length > 0, data.messages);
  }
}

async function bouncingHooks({ browser, buyer, evil }: World, check: Checks): Promise<void> {
  const cases = [
    { connection: 'acme-cxml', reachesEvil: false },
    // Control: a connection that lists the other origin.
    { connection: 'rival-cxml', reachesEvil: true },
  ];
  for (const status of ['bounce-302', 'bounce-307'] as const) {
    for (const { connection, reachesEvil } of cases) {
      const { context, page, violations } = await visitor(browser);
      evil.requests.length = 0;
      const path = buyer.returnPath(status);
      await page.goto(buyer.framing(await buyer.callUp({ connection, returnTo: path })));
      const shop = await shopFrame(page);
      await fillCart(shop);
      await pressTransfer(shop);
      await buyer.arrival(path);
      const stolen = (): boolean => evil.requests.some(({ path }) => path === '/steal');
      await until(() => stolen() || violations.length > 0, 'the redirect to be followed or blocked');
      check.equal(
        `T16: hook answers ${status.slice(-3)} to another origin, ${reachesEvil ? 'listed' : 'not listed'}: followed`,
        stolen(),
        reachesEvil,
      );
      if (!reachesEvil)
        check.holds(
          `T16: ${status.slice(-3)} blocked by form-action`,
          violations.some((text) => text.includes('form-action')),
          violations,
        );
      await context.close();
    }
  }
}

const FOREIGN_TARGETS = [
  'javascript:alert(document.domain)',
  'JavaScript:alert(1)//https://buyer.test',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:alert(1)',
  'blob:https://shop.localhost/1',
];

async function foreignTargets({ browser, buyer, origins, odd, evil }: World, check: Checks): Promise<void> {
  for (const target of [
    ...FOREIGN_TARGETS,
    `${origins.evil}/steal`,
    `${origins.buyer}@evil.test/steal`,
    `https://buyer.test.evil.test/return`,
  ]) {
    const answer = await buyer.callUpAnswer({ connection: 'acme-cxml', returnTo: target });
    check.holds(
      `T14: ${target} is refused at the call-up`,
      !answer.includes('StartPage') && /<Status code="4\d\d"/.test(answer),
      answer,
    );
  }
  for (const target of [...FOREIGN_TARGETS, `${origins.evil}/steal`]) {
    evil.requests.length = 0;
    const { context, page, violations, dialogs } = await visitor(browser);
    const address = odd.transferPage(payloadFor(target), [origins.buyer]);
    // A form submission that is blocked during loading leaves the page loading in Chromium.
    await page.goto(address, { waitUntil: 'commit' });
    // Chromium refuses some of these before it evaluates the policy: then no violation is reported.
    await until(() => violations.length > 0, 'the policy to speak', 1_000).catch(() => undefined);
    check.equal(
      `T15: even a page with ${target} runs and sends nothing`,
      [dialogs, evil.requests, page.url()],
      [[], [], address],
    );
    await context.close();
  }
}

function payloadFor(action: string): TransferPayload {
  return {
    payloadId: 'p@odd.test',
    kind: 'oci',
    action,
    method: 'post',
    target: '_self',
    charset: 'utf-8',
    fields: [{ name: 'submit', value: '1' }],
    summary: { itemsCount: '1', linesCount: 1, totalAmount: '1.00', currency: 'EUR' },
  };
}

async function framing(world: World, check: Checks): Promise<void> {
  const { browser, buyer, evil, origins } = world;
  const session = `${origins.shop}/agiqon/connector/session`;
  const { context, page } = await visitor(browser);
  const [start, unused] = [
    await buyer.callUp({ connection: 'acme-cxml' }),
    await buyer.callUp({ connection: 'acme-cxml' }),
  ];
  const pages = ['/', '/detail/SKU-001', '/checkout/cart', '/nowhere', '/checkout/nowhere', '/virtual-buyer']
    .map((path) => origins.shop + path)
    .concat(
      `${session}/logout`,
      `${session}/logout?transferred=1`,
      `${session}/logout/redirect`,
      `${session}/login/unknown`,
      `${session}/nowhere`,
      `${origins.shop}/v1/punchout/oci/setup?USERNAME=x`,
      unused,
    );

  await page.goto(buyer.framing(start));
  const shop = await shopFrame(page);
  await fillCart(shop);
  const evilFrames = evil.page(
    pages.map((url, index) => `<iframe name="f${index}" src="${escaped(url)}"></iframe>`).join(''),
  );
  const places = [
    ['evil.test', evilFrames],
    // The buyer's page holds the session's cookies; a hostile frame inside it makes the browser send them.
    [
      'evil.test inside buyer.test',
      buyer.page(`<!DOCTYPE html><iframe src="${escaped(evilFrames)}" width="900" height="700"></iframe>`),
    ],
  ] as const;
  for (const [where, address] of places) {
    const other = await context.newPage();
    await other.goto(address);
    await other.waitForLoadState('networkidle');
    const shown = pages.filter(
      (_, index) => !(other.frame({ name: `f${index}` })?.url() ?? '').startsWith('chrome-error:'),
    );
    check.equal(`T07: ${where} cannot frame any page of ours`, shown, []);
    await other.close();
  }
  check.equal(
    'T07: the session has not noticed',
    (await stateOf(context, origins.shop, buyer.framing)).session.active,
    true,
  );
  check.holds('T07: buyer.test frames the shop', await shop.locator('header.top').isVisible());
  await context.close();
}
