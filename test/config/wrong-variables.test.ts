import { describe, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';

const SECRET = 'hunter2-hunter2';

/** Variables, what the message names of them, and the cure. */
const WRONG_VARIABLES: [Record<string, string>, seen: string, cure: string][] = [
  [{ REDIS_URL: 'foo' }, 'REDIS_URL: … seen: "foo"', 'redis://host:6379'],
  [{ REDIS_URL: '' }, 'REDIS_URL: … seen: ""', 'unset it'],
  [{ DATABASE_URL: `mysql://me:${SECRET}@h/d` }, 'DATABASE_URL: … seen: "mysql://…@h/d"', 'postgres://user:password@'],
  [{ DATA_DIR: '' }, 'DATA_DIR: … seen: ""', 'unset it for .data'],
  [{ PUBLIC_URL: 'shop.example.com' }, 'PUBLIC_URL: … seen: "shop.example.com"', 'e.g. https://shop.example.com'],
  [{ HOST: '' }, 'HOST: … seen: ""', 'an address of this machine'],
  [{ PORT: '99999' }, 'PORT: … seen: "99999"', 'a port from 0 to 65535'],
  [{ METRICS_PORT: 'on' }, 'METRICS_PORT: … seen: "on"', 'a port from 0 to 65535'],
  [{ METRICS_HOST: '' }, 'METRICS_HOST: … seen: ""', 'an address of this machine'],
  [{ DRAIN_MS: '1.5 s' }, 'DRAIN_MS: … seen: "1.5 s"', 'milliseconds from 0 to 600000'],
  [{ LAST_ANSWERS_MS: '-1' }, 'LAST_ANSWERS_MS: … seen: "-1"', 'milliseconds from 0 to 600000'],
  [{ DATABASE_CONNECTIONS: '1' }, 'DATABASE_CONNECTIONS: … seen: "1"', 'connections from 2 to 1000'],
  [{ WORKER: 'no' }, 'WORKER: … seen: "no"', 'on or off'],
  [{ WORKER_JOBS: '0' }, 'WORKER_JOBS: … seen: "0"', 'jobs at once, from 1 to 1000'],
  [{ WORKER_HOOKS: 'all' }, 'WORKER_HOOKS: … seen: "all"', 'hooks at once, from 1 to 10000'],
  [{ WORKER_FEEDS: '101' }, 'WORKER_FEEDS: … seen: "101"', 'feeds at once, from 1 to 100'],
  [{ SESSION_SECRET: SECRET }, 'SESSION_SECRET: … seen: 15 characters, not shown', '32 characters or more'],
  [{ LOG_LEVEL: 'trace' }, 'LOG_LEVEL: … seen: "trace"', 'one of debug, info'],
  [{ TRUSTED_PROXIES: 'nginx' }, 'TRUSTED_PROXIES: … seen: "nginx"', 'addresses or networks'],
  [{ OUTBOUND_NETWORKS: '10.0.0.0/99' }, 'OUTBOUND_NETWORKS: … seen: "10.0.0.0/99"', 'e.g. 10.0.0.0/8'],
  [{ OUTBOUND_HTTP: 'maybe' }, 'OUTBOUND_HTTP: … seen: "maybe"', 'on or off'],
  [{ MAX_SOCKETS: '5' }, 'MAX_SOCKETS: … seen: "5"', 'from 10 to 999999'],
  [{ REQUESTS_PER_ADDRESS: '-1' }, 'REQUESTS_PER_ADDRESS: … seen: "-1"', '0 for no limit'],
  [{ EMBEDDED_DATABASE: 'yes' }, 'EMBEDDED_DATABASE: … seen: "yes"', 'allow, or unset it'],
  [{ STORE: 'magento' }, 'STORE: … seen: "magento"', 'one of demo, shopware, vendure'],
  [
    { OIDC_NAME: 'x' },
    'OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: … seen: OIDC_ISSUER nothing, OIDC_CLIENT_ID',
    'all three or none',
  ],
];

describe('the environment of the server with wrong variables', () => {
  it.each(WRONG_VARIABLES)('%j is refused with name, value and cure', (env, said, cure) => {
    const [name = '', seen = ''] = said.split(' … ');
    const line = faultsOf(env).find((fault) => fault.startsWith(`  - ${name} `));
    expect(line).toContain(cure);
    expect(line).toContain(`; ${seen}`);
    expect(line).not.toContain(SECRET);
  });

  it('all of them stand in one message', () => {
    const all = WRONG_VARIABLES.filter(([env]) => !('REDIS_URL' in env || 'OIDC_NAME' in env)).map(([env]) => env);
    const env = Object.assign({}, ...all, { REDIS_URL: 'foo' }) as Record<string, string>;
    const names = faultsOf(env).map((fault) => /- (\w+):/.exec(fault)?.[1] ?? fault);
    expect(names.toSorted()).toEqual(Object.keys(env).toSorted());
  });
});

function faultsOf(env: Record<string, string>): string[] {
  try {
    serverSettings(env);
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
  return [];
}
