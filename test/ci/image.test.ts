import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { serverSettings } from '../../src/config/environment.js';
import { SERVER_VARIABLES } from '../../src/config/variables/server-variables.js';

interface Service {
  environment: Record<string, string>;
  command?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  volumes?: string[];
  networks?: unknown;
  depends_on?: unknown;
}

const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
const dockerfile = readFileSync('Dockerfile', 'utf8');
/** As in the Dockerfile. */
const OF_IMAGE = { NODE_ENV: 'production', HOST: '0.0.0.0', DATA_DIR: '/data' };
/** As an operator writes them to .env. */
const OF_OPERATOR: Record<string, string> = {
  POSTGRES_PASSWORD: 'a'.repeat(48),
  SESSION_SECRET: 's'.repeat(64),
  STORE: 'shopware',
  SHOPWARE_URL: 'https://shop.example.com',
  SHOPWARE_ACCESS_KEY: 'SWSC',
  SHOPWARE_CLIENT_ID: 'SWIA',
  SHOPWARE_CLIENT_SECRET: 'secret',
};

it('the image starts the command of the package, as a user of its own, with settings that there are', () => {
  expect(dockerfile).toContain(`ENTRYPOINT ["node", "--enable-source-maps", "${bin['punchout']}"]`);
  expect(dockerfile).toMatch(/^USER \d+:\d+$/m);
  expect(dockerfile).toContain(
    `ENV ${Object.entries(OF_IMAGE)
      .map((entry) => entry.join('='))
      .join(' ')}\n`,
  );
});

describe.each([
  ['compose.yaml', ['server', 'worker', 'migrate']],
  ['compose.embedded.yaml', ['server']],
])('%s', (file, ours) => {
  const text = readFileSync(file, 'utf8');
  const { services } = parse(filledIn(text), { merge: true }) as { services: Record<string, Service> };

  it.each(ours)('%s: production accepts its settings', (name) => {
    const { environment = {} } = services[name] ?? {};
    const known = SERVER_VARIABLES.map(([variable]) => variable);
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment)));
    expect(serverSettings({ ...OF_IMAGE, ...OF_OPERATOR, ...environment }).publicUrl).toBe('https://localhost');
  });

  it('our containers cannot write to their own files, and have no capability', () => {
    for (const name of ours) expect(services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });

  it('no container has a fixed address: Docker gives the first free one to whoever starts first', () => {
    for (const { networks } of Object.values(services)) expect(networks).toBeUndefined();
  });

  it('the proxy starts although a server is not healthy yet: it asks for the servers at each request', () => {
    expect(services['proxy']?.depends_on).toEqual(['server']);
  });

  it('it has no password', () => {
    expect(text).not.toMatch(/(?:PASSWORD|SECRET): (?!\$\{)/);
  });
});

/** Replaces `${NAME:-value}` and `${NAME:?text}` as compose does with the operator's .env. */
function filledIn(text: string): string {
  return text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, other: string) => {
    const value = OF_OPERATOR[name] ?? (kind === '-' ? other : undefined);
    if (value === undefined) throw new Error(`${name} has no value: ${other}`);
    return value;
  });
}
