import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { PunchFlowClient } from '../../../src/client/punchflow-client.js';
import { DEMO, seedExample } from '../../../src/demo/seed-demo.js';
import { playRuns } from '../../../src/demo/virtual-buyer/play/play-run.js';
import { type Subscriber, startSubscriber } from '../../jobs/subscriber.js';
import type { Checks } from '../checks.js';
import { asSupplier } from './as-supplier.js';
import { type Visitor, visitor } from './chromium.js';
import { demoServer } from './demo-server.js';
import { importFeed } from './feed.js';
import type { World } from './world.js';

/** A demo in which twenty punchouts were played, and its operator. */
export interface Desk {
  url: string;
  admin: PunchFlowClient['admin'];
  /** Receives hooks and confirmations. */
  subscriber: Subscriber;
  check: Checks;
  /** Signed in, at Today. */
  visit(habits?: Habits): Promise<Visitor>;
  /** A signed call of the demo's supplier; the status of its answer. */
  asSupplier(path: string, body: object): Promise<number>;
  stop(): Promise<void>;
}

/** Of its browser. */
interface Habits {
  /** Of the window, in pixels. */
  width?: number;
  javaScriptEnabled?: boolean;
  locale?: string;
}

/** The cXML buyer whose orders go to the shop and whose system takes confirmations. */
export const ORDERING = 'company-cxml';

export async function openDesk({ browser, directory }: World, check: Checks): Promise<Desk> {
  const outbound = { networks: ['127.0.0.0/8'], http: true };
  const server = await demoServer(directory, { outbound, requestsPerStranger: 0 });
  const subscriber = await startSubscriber();
  const { url } = server;
  const { admin } = new PunchFlowClient(DEMO.adminKey, { baseUrl: url, language: 'en' });
  const { version } = await admin.getConnection(ORDERING);
  const cxml = { placeOrders: true, noticeUrl: subscriber.url.replace('/hook', '/notices') };
  await admin.changeConnection(ORDERING, version, { settings: { cxml } });
  const prepare = (): Promise<void> => seedExample(server.connector.directory);
  const plays = playRuns({ shopUrl: url, prepare, paceMs: 0 });
  plays.start();
  while (plays.current()?.isRunning !== false) await new Promise((resolve) => setTimeout(resolve, 200));
  const failed = plays.current()?.states.filter(({ state }) => state === 'failed');
  check.equal('twenty punchouts were played', failed, []);

  await importFeed(server);

  const first = await visitor(browser);
  await first.page.goto(server.consoleUrl);
  await first.page.locator('nav.side').waitFor();
  const storageState = await first.context.storageState();
  await first.context.close();
  return {
    url,
    admin,
    subscriber,
    check,
    async visit({ width = 1280, ...habits } = {}) {
      const viewport = { width, height: 900 };
      const seen = await visitor(browser, { locale: 'en-GB', ...habits, viewport, storageState });
      await seen.page.goto(`${url}/console`);
      return seen;
    },
    asSupplier: (path, content) => asSupplier(url, path, content),
    async stop() {
      subscriber.close();
      await server.stop();
    },
  };
}

/** Loads the page again until that is so, as a person would. */
export async function again(page: Page, holds: () => Promise<boolean>): Promise<void> {
  for (let left = 100; !(await holds()); left -= 1) {
    if (left === 0) throw new Error(`it did not happen on ${page.url()}: ${await page.locator('main').innerText()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await page.goto(page.url());
  }
}

export async function collected<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** The cells of a CSV file that a link gives. */
export async function csvOf(page: Page, link: string): Promise<string[][]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(link)]);
  const text = await readFile(await download.path(), 'utf8');
  return text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
    .map((row) =>
      [...row.matchAll(/"((?:[^"]|"")*)"|([^,;]+)|(?<=[,;]|^)(?=[,;]|$)/g)].map(
        ([, quoted, plain]) => quoted ?? plain ?? '',
      ),
    );
}
