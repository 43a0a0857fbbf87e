/** @jest-config-loader esbuild-register */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Config } from 'jest';

/** What runs in the test's own process, without a database: every unit, rule, codec and use case. */
const UNITS = [
  ...['cart-encoder', 'json-log', 'outbound-http', 'secrets', 'stores', 'tokens'].map((room) => `adapters/${room}`),
  'architecture',
  'ci',
  'config',
  'console',
  'demo',
  'domain',
  ...['body', 'callers', 'exchange-log', 'views'].map((room) => `http/${room}`),
  'protocols',
  'support',
  'testing',
  'usecases',
];

/** One whole life of each protocol and API over HTTP, from the call-up to the cart or order that comes back. */
const LIVES = [
  'client/punchflow-client',
  'http/connect/hooks',
  'http/connector-session/transfer',
  'http/custom-store/transfer',
  'http/gateway/oci-setup',
  'http/gateway/purchase-orders',
  'http/session-context/live-session',
  'http/store-proxy/store-proxy',
];

/** Every block of the README as it is printed, and what the documents name. */
const DOCUMENTS = ['blocks', 'citations', 'console-pictures', 'map', 'readme-commands', 'readme-tables'].map(
  (suite) => `docs/${suite}`,
);

/** Of the units: those that take seconds of processor time on purpose, measure memory, open a database or a shop. */
const HEAVY = [
  'architecture/linear-regexes',
  'architecture/touch-these-files',
  'adapters/outbound-http/system-names',
  'adapters/secrets/scrypt-secret-verifier',
  'adapters/stores/demo/catalogue-pages',
  'adapters/stores/demo/demo-store',
  'adapters/stores/shopware/live-suite',
  'adapters/stores/shopware/totals',
  'adapters/stores/vendure/chosen-customer',
  'adapters/stores/vendure/contract',
  'adapters/stores/vendure/vendure-store',
  'http/body/read-body',
  'usecases/catalogue/index-addresses',
  'usecases/catalogue/index-runs',
  'usecases/catalogue/index-schedule',
  'usecases/catalogue/large-index',
  'usecases/manage/connections',
  'usecases/manage/replay-proof',
  'usecases/punchout/start-punchout',
];

/** Suites that take long: in no batch. Jest starts them first, as their files are larger than those of batches. */
const ALONE = [
  'adapters/postgres/data-directory',
  'adapters/postgres/killed-creation',
  'adapters/stores/vendure/contract',
  'adapters/stores/vendure/vendure-store',
  'architecture/linear-regexes',
  'architecture/touch-these-files',
  'attacks/strangers',
  'docs/docs-commands',
  'docs/examples',
  'docs/readme-commands',
  'http/openapi/hostile',
  'http/openapi/openapi',
  'http/outages/database-takes-no-writes',
  'server/vendure-server',
];

const named = process.argv.slice(2).filter((argument) => /(^|\/)test(\/|$)/.test(argument));

/**
 * `npm test` runs the quick set: enough to trust, in two minutes on two cores. `npm run test:full` runs
 * everything: one HTTP suite per detail, what needs a server of others, starts many processes or waits for minutes.
 * Both run most suites in batches (`writeBatches`). `npm test -- test/some/path` runs single suites.
 */
function wantedFiles(): string[] {
  const isQuick = named.length === 0;
  const isWhole = named.some((argument) => /^test\/?$/.test(argument));
  if (!isQuick && !isWhole) return ['<rootDir>/test/**/*.test.{ts,tsx}'];
  const folder = `test/.batches/${isQuick ? 'quick' : 'full'}`;
  const suites = suitesBelow(__dirname, 'test').filter((suite) => !isQuick || isInQuickSet(suite));
  const alone = suites.filter((suite) => isOneOf(ALONE, suite));
  writeBatches(
    join(__dirname, folder),
    suites.filter((suite) => !alone.includes(suite)),
  );
  return [`<rootDir>/${folder}/*.test.ts`, ...alone.map((suite) => `<rootDir>/${suite}`)];
}

const isOneOf = (places: readonly string[], suite: string): boolean =>
  places.some((place) => suite.startsWith(`test/${place}/`) || suite.startsWith(`test/${place}.test.`));

const isInQuickSet = (suite: string): boolean =>
  isOneOf([...UNITS, ...LIVES, ...DOCUMENTS], suite) && !isOneOf(HEAVY, suite);

/** With larger batches, the last one would run alone while other cores are idle. */
const MAX_SUITES = 15;

/** All suites of a folder, sorted, with `/` between the parts of each path: `test/http/body/read-body.test.ts`. */
function suitesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => /\.test\.tsx?$/.test(path) && !/\/(?:node_modules|\.)/.test(path))
    .sort();
}

/**
 * Writes test files of which each runs several suites of one room. Jest loads every module again for each test file,
 * which costs more time than most suites take; a batch loads them once. Files that are up to date stay untouched, so
 * that Jest's caches hold.
 *
 * @param folder two folders below `test`
 * @param suites as `suitesBelow` returns them
 */
function writeBatches(folder: string, suites: readonly string[]): void {
  const batches = new Map([...inBatches(suites)].map(([name, members]) => [`${name}.test.ts`, batchText(members)]));
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (!batches.has(file)) rmSync(join(folder, file));
  for (const [file, text] of batches) {
    const path = join(folder, file);
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
  }
}

/** `http-1` -> some suites of test/http. Neighbours go to different batches, as they take about the same time. */
function inBatches(suites: readonly string[]): Map<string, string[]> {
  const roomOf = (suite: string): string => suite.split('/')[1] ?? '';
  const batches = new Map<string, string[]>();
  for (const room of new Set(suites.map(roomOf))) {
    const members = suites.filter((suite) => roomOf(suite) === room);
    const count = Math.ceil(members.length / MAX_SUITES);
    for (let number = 0; number < count; number += 1)
      batches.set(
        `${room}-${number + 1}`,
        members.filter((_, place) => place % count === number),
      );
  }
  return batches;
}

function batchText(suites: readonly string[]): string {
  const lines = suites.map((suite) => {
    const file = suite.replace(/^test\//, '../../').replace(/\.tsx?$/, '.js');
    return `await runSuite('${suite}', () => import('${file}'));`;
  });
  return ["import { runSuite } from '../../support/run-suite.js';", ...lines, ''].join('\n');
}

const config: Config = {
  testEnvironment: 'node',
  testMatch: wantedFiles(),
  maxWorkers: '100%',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
    '^.+\\.tsx$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/reference-directory.ts',
  testTimeout: 60_000,
};

export default config;
