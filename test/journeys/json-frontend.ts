import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { decodeCxmlReturn } from '../../src/protocols/returned-cart.js';
import { withDirectory } from '../../src/commands/open-directory.js';
import type { Checks } from './checks.js';
import { readFormBytes } from './form-bytes.js';
import { buyerDouble } from './world/buyer.js';
import { visitor } from './world/chromium.js';
import { onboard } from './world/onboard.js';
import { freePort, type World } from './world/world.js';

const CONNECTION = { tenantId: 'jsonshop', connectionId: 'json-cxml' };

/**
 * docs/frontends.md: the example with a frontend on another origin, in Chromium: CORS, cookies, guard, and the form
 * that its script submits.
 */
export async function jsonFrontend(world: World, check: Checks): Promise<void> {
  const [port, frontendPort] = [await freePort(), await freePort()];
  const backend = `http://127.0.0.1:${port}`;
  const frontend = `http://127.0.0.1:${frontendPort}`;
  const directory = join(world.directory, 'json-frontend');
  await withDirectory({ database: { directory } }, async ({ tenants, connections, apiKeys }) => {
    await onboard({ tenants, connections, apiKeys } as Parameters<typeof onboard>[0], {
      ...CONNECTION,
      protocol: 'cxml',
      settings: { returnOrigins: [world.origins.buyer] },
    });
    await tenants.save({ tenantId: CONNECTION.tenantId, name: 'JSON shop', settings: { frontendOrigins: [frontend] } });
  });
  const child = await started(port, { PORT: String(port), FRONTEND_URL: frontend, DATA_DIR: directory });
  try {
    await punchout(world, check, { backend, frontend });
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function punchout(
  { browser, buyer, origins }: World,
  check: Checks,
  { backend, frontend }: { backend: string; frontend: string },
): Promise<void> {
  const { context, page, errors } = await visitor(browser);
  const path = buyer.returnPath();
  const caller = buyerDouble({ origin: origins.buyer, shopUrl: backend, directUrl: backend, evilOrigin: origins.evil });
  await page.goto(`${frontend}/`);
  await page.locator('#products button').first().waitFor();
  check.holds(
    'before the punchout: an ordinary visitor',
    (await page.locator('#state').textContent())?.startsWith('Please open') ?? false,
  );

  await page.goto(await caller.callUp({ connection: CONNECTION.connectionId, returnTo: path }));
  check.equal('the start link leads to the frontend', new URL(page.url()).origin, frontend);
  await page.locator('#products button[name=BOLT-M8]').click();
  await page.locator('#lines li').waitFor();
  check.equal(
    'session read and cart filled by fetch from another origin',
    [await page.locator('#state').textContent(), await page.locator('#lines').textContent()],
    ['Shopping for a procurement system', '1 x Hexagon bolt M8 x 40, box of 100'],
  );
  await page.locator('#checkout').click();
  await page.getByText('Checkout is closed').waitFor();

  await page.goto(origins.evil);
  const foreign = await page.evaluate(
    `fetch('${backend}/agiqon/connector/session/get', { credentials: 'include' }).then((answer) => ` +
      `answer.text(), () => 'not shown')`,
  );
  check.equal('another origin is shown nothing', foreign, 'not shown');

  await page.goto(`${frontend}/`);
  await page.locator('#lines li').waitFor();
  await page.locator('#transfer').click();
  const { body } = await buyer.arrival(path);
  const cart = decodeCxmlReturn(readFormBytes(body, 'utf-8'));
  check.equal(
    "the cart that the script's form carried",
    cart.lines.map(({ supplierPartId, quantity }) => [supplierPartId, quantity]),
    [['BOLT-M8', '1']],
  );
  check.equal('script errors', errors, []);
  await context.close();
}

async function started(port: number, env: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', '--tsconfig', 'examples/tsconfig.json', 'examples/json-frontend/shop.ts'],
    { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const giveUpAt = Date.now() + 60_000;
  while (
    !(await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      child.kill('SIGKILL');
      throw new Error('the example did not start');
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return child;
}
