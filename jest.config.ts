/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

/** What runs in the test's own process, without a database: every unit, rule, codec and use case. */
const UNITS = [
  'adapters/{cart-encoder,outbound-http,secrets,stores,tokens}',
  'architecture',
  'ci',
  'config',
  'console',
  'demo',
  'domain',
  'http/{body,callers,views}',
  'protocols',
  'support',
  'testing',
  'usecases',
];

/** Units that stand beside the rooms of their folder. */
const SINGLE_UNITS = ['adapters/json-log', 'http/exchange-log'];

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
const DOCUMENTS = ['docs/{blocks,citations,console-pictures,examples,map,readme-commands,readme-tables}'];

/** Of the units: those that take seconds of processor time on purpose, measure memory or open a database. */
const HEAVY = [
  'architecture/touch-these-files',
  'adapters/secrets/scrypt-secret-verifier',
  'adapters/stores/demo/demo-store',
  'http/body/read-body',
  'usecases/punchout/start-punchout',
];

/**
 * `npm test` runs these: enough to trust, in two minutes on two cores. Everything else runs with `npm run test:full`:
 * one HTTP suite per detail, what needs a server of others, starts many processes or waits for minutes.
 */
const QUICK = [
  ...UNITS.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  ...[...SINGLE_UNITS, ...LIVES, ...DOCUMENTS].map((suite) => `<rootDir>/test/${suite}.test.ts`),
  ...HEAVY.map((suite) => `!**/test/${suite}.test.ts`),
];
const EVERYTHING = ['<rootDir>/test/**/*.test.ts'];

/** `npm test -- test/some/path` looks in every suite. */
const isNamed = process.argv.slice(2).some((argument) => /(^|\/)test(\/|$)/.test(argument));

const config: Config = {
  testEnvironment: 'node',
  testMatch: isNamed ? EVERYTHING : QUICK,
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
