import { parseArgs } from 'node:util';
import { apiDocs } from './api-docs.js';
import { brokenSetUps } from './broken-set-ups.js';
import { type Checks, tally } from './checks.js';
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
import { type World, openWorld } from './world/world.js';

/** Neighbours are in different halves; in this order, both take about the same time. */
const JOURNEYS: Record<string, (world: World, check: Checks) => Promise<void>> = {
  'punchout-in-frame': punchoutInFrame,
  'content-policy': contentPolicy,
  'broken-set-ups': brokenSetUps,
  'cross-site': crossSite,
  'cookies-refused': cookiesRefused,
  'hand-over': handOver,
  history,
  'json-frontend': jsonFrontend,
  leaving,
  'live-tail': liveTail,
  'hostile-catalogue': hostileCatalogue,
  'hostile-console': hostileConsole,
  'oci-carts': ociCarts,
  onboarding,
  openid: openId,
  'operator-console': operatorConsole,
  'operator-desk': operatorDesk,
  'virtual-buyer': virtualBuyer,
  'api-docs': apiDocs,
  screenshots,
};

/**
 * `npm run journeys [-- name …]`: real browser, real server; exit code 0 only if every check passes. With `--half 1`
 * and `--half 2`, two processes play all of them.
 */
async function main({ names, half }: { names: readonly string[]; half?: string }): Promise<void> {
  const isWanted = (name: string, place: number): boolean =>
    half === undefined ? names.length === 0 || names.includes(name) : place % 2 === Number(half) - 1;

  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const checks = tally(print);
  const started = Date.now();
  const world = await openWorld();
  print(`(set up in ${((Date.now() - started) / 1000).toFixed(1)} s)`);
  try {
    for (const [place, [name, journey]] of Object.entries(JOURNEYS).entries()) {
      if (!isWanted(name, place)) continue;
      const begun = Date.now();
      print(`\n${name}`);
      try {
        await journey(world, checks);
      } catch (error) {
        checks.holds(`${name} runs to its end`, false, error instanceof Error ? error.stack : String(error));
      }
      print(`  (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    }
  } finally {
    await world.stop();
  }
  print(`\n${checks.passed} passed, ${checks.failed} failed (${((Date.now() - started) / 1000).toFixed(0)} s)`);
  process.exitCode = checks.failed === 0 && checks.passed > 0 ? 0 : 1;
}

const { values, positionals } = parseArgs({ options: { half: { type: 'string' } }, allowPositionals: true });
await main({ names: positionals, half: values.half });
