import type { Browser } from 'playwright-core';
import { apiDocs } from './api-docs.js';
import { brokenSetUps } from './broken-set-ups.js';
import { type Checks, type Tally, tally } from './checks.js';
import { contentPolicy } from './content-policy.js';
import { cookiesRefused } from './cookies-refused.js';
import { crossSite } from './cross-site.js';
import { handOver } from './hand-over.js';
import { history } from './history.js';
import { hostileCatalogue } from './hostile-catalogue.js';
import { hostileConsole } from './hostile-console.js';
import { jsonFrontend } from './json-frontend.js';
import { leaving } from './leaving.js';
import { liveTail } from './live-tail.js';
import { onboarding } from './onboarding.js';
import { openId } from './open-id.js';
import { operatorConsole } from './operator-console.js';
import { operatorDesk } from './operator-desk.js';
import { ociCarts } from './oci-carts.js';
import { punchoutInFrame } from './punchout-in-frame.js';
import { screenshots } from './screenshots.js';
import { virtualBuyer } from './virtual-buyer.js';
import { launchChromium, launchShell } from './world/chromium.js';
import { type World, openWorld } from './world/world.js';

type Journeys = Record<string, (world: World, check: Checks) => Promise<void>>;

/** From the buyer's site to the shop and back: frames, cookies, history and windows of the whole browser. */
const PUNCHOUTS: Journeys = {
  'punchout-in-frame': punchoutInFrame,
  'broken-set-ups': brokenSetUps,
  'cookies-refused': cookiesRefused,
  'content-policy': contentPolicy,
  'cross-site': crossSite,
  'hand-over': handOver,
  history,
  'hostile-catalogue': hostileCatalogue,
  'json-frontend': jsonFrontend,
  leaving,
  'oci-carts': ociCarts,
  screenshots,
};

/** Pages for people of the shop: how they look and what they do, in the headless shell. */
const PAGES: Journeys = {
  'api-docs': apiDocs,
  'hostile-console': hostileConsole,
  onboarding,
  openid: openId,
  'operator-console': operatorConsole,
};

/** What the demo plays, each on a server of its own: half of the time waits for a start link to expire. */
const DEMOS: Journeys = {
  'live-tail': liveTail,
  'operator-desk': operatorDesk,
  'virtual-buyer': virtualBuyer,
};

const PARTS: Record<string, { journeys: Journeys; launch: () => Promise<Browser> }> = {
  punchouts: { journeys: PUNCHOUTS, launch: launchChromium },
  pages: { journeys: PAGES, launch: launchShell },
  demos: { journeys: DEMOS, launch: launchShell },
};

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const secondsSince = (begun: number): string => ((Date.now() - begun) / 1000).toFixed(1);

/**
 * `npm run journeys [-- name ...]`: real browser, real server; exit code 0 only if every check passes. A name is that
 * of a journey or of a part, `punchouts`, `pages` or `demos`; without one, all are played.
 */
async function main(names: readonly string[]): Promise<void> {
  const known = Object.entries(PARTS).flatMap(([part, { journeys }]) => [part, ...Object.keys(journeys)]);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`No such journey: ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  const checks = tally(print);
  const started = Date.now();
  const world = await openWorld();
  print(`(set up in ${secondsSince(started)} s)`);
  const failed: string[] = [];
  try {
    for (const [part, { journeys, launch }] of Object.entries(PARTS)) {
      const isWanted = (name: string): boolean => names.length === 0 || names.includes(part) || names.includes(name);
      const wanted = Object.entries(journeys).filter(([name]) => isWanted(name));
      if (wanted.length === 0) continue;
      const browser = await launch();
      for (const [name, journey] of wanted)
        if (!(await isPlayed(name, () => journey({ ...world, browser }, checks), checks))) failed.push(name);
      await browser.close();
    }
  } finally {
    await world.stop();
  }
  if (failed.length > 0) print(`\nfailed journeys: ${failed.join(' ')}`);
  print(`\n${checks.passed} passed, ${checks.failed} failed (${secondsSince(started)} s)`);
  process.exitCode = checks.failed === 0 && checks.passed > 0 ? 0 : 1;
}

/** Whether every check of the journey has passed. */
async function isPlayed(name: string, journey: () => Promise<void>, checks: Tally): Promise<boolean> {
  const begun = Date.now();
  const failedBefore = checks.failed;
  print(`\n${name}`);
  try {
    await journey();
  } catch (error) {
    checks.holds(`${name} runs to its end`, false, error instanceof Error ? error.stack : String(error));
  }
  print(`  (${secondsSince(begun)} s)`);
  return checks.failed === failedBefore;
}

await main(process.argv.slice(2));
