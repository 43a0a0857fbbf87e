import { describe, expect, it } from '@jest/globals';
import { serverSettings } from '../../src/config/environment.js';
import { validateOptions } from '../../src/config/options.js';

it('limits of sockets and requests are absent unless they are set, and 0 disables them', () => {
  const names = ['maxSockets', 'maxSocketsPerAddress', 'requestsPerAddress', 'requestsPerStranger'] as const;
  const read = (env: Record<string, string>): unknown[] => names.map((name) => serverSettings(env)[name]);
  expect(read({})).toEqual([undefined, undefined, undefined, undefined]);
  expect(
    read({ MAX_SOCKETS: '500', MAX_SOCKETS_PER_ADDRESS: '0', REQUESTS_PER_ADDRESS: '0', REQUESTS_PER_STRANGER: '300' }),
  ).toEqual([500, 0, 0, 300]);
});

it('a server without jobs needs a database that a worker can open too', () => {
  expect(() => serverSettings({ WORKER: 'off' })).toThrow('WORKER: on with the embedded database');
  expect(serverSettings({ WORKER: 'off', DATABASE_URL: 'postgres://h/d' }).worker).toBe(false);
});

it('the settings of a process are absent unless they are set', () => {
  expect(serverSettings({})).toMatchObject({ worker: true, database: { directory: '.data' } });
  const set = {
    DATABASE_URL: 'postgres://h/d',
    DATABASE_CONNECTIONS: '20',
    METRICS_HOST: '10.0.0.7',
    DRAIN_MS: '5000',
    LAST_ANSWERS_MS: '0',
    WORKER_JOBS: '4',
    WORKER_HOOKS: '16',
    WORKER_FEEDS: '1',
  };
  expect(serverSettings(set)).toMatchObject({
    database: { url: 'postgres://h/d', connections: 20 },
    metricsHost: '10.0.0.7',
    drainMs: 5000,
    lastAnswersMs: 0,
    workerPlaces: { jobs: 4, hooks: 16, feeds: 1 },
  });
});

it('an invalid number is reported, with the allowed values', () => {
  const env = {
    MAX_SOCKETS: '5',
    MAX_SOCKETS_PER_ADDRESS: '-1',
    REQUESTS_PER_ADDRESS: 'many',
    REQUESTS_PER_STRANGER: '1.5',
  };
  for (const sentence of [
    /MAX_SOCKETS: sockets of the process, from 10/,
    /MAX_SOCKETS_PER_ADDRESS: .* 0 for no bound/,
    /REQUESTS_PER_ADDRESS: requests a minute/,
    /REQUESTS_PER_STRANGER: requests a minute/,
  ])
    expect(() => serverSettings(env)).toThrow(sentence);
  const options = { database: { directory: 'x' }, publicUrl: 'https://shop.example', store: () => ({}) as never };
  for (const name of ['requestsPerAddress', 'requestsPerStranger'])
    expect(() => validateOptions({ ...options, [name]: -1 })).toThrow(`${name}: a whole number, 0 for no limit`);
});

describe('the OpenID provider', () => {
  const WHOLE = { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'console', OIDC_CLIENT_SECRET: 'secret' };

  it('is absent unless it is set, and has all that is set', () => {
    expect(serverSettings({}).openIdConnect).toBeUndefined();
    expect(serverSettings(WHOLE).openIdConnect).toEqual({
      issuer: 'https://login.example.com',
      clientId: 'console',
      clientSecret: 'secret',
    });
    const claims = { OIDC_TENANT_CLAIM: 'tenant', OIDC_ROLE_CLAIM: 'groups', OIDC_NAME: 'Company login' };
    expect(serverSettings({ ...WHOLE, ...claims }).openIdConnect).toMatchObject({
      name: 'Company login',
      tenantClaim: 'tenant',
      roleClaim: 'groups',
    });
  });

  it.each([
    [{ OIDC_CLIENT_SECRET: undefined }, /OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: all three or none/],
    [{ OIDC_ISSUER: 'http://login.example.com' }, /OIDC_ISSUER: must be the https address/],
    [{ OIDC_ISSUER: 'login.example.com' }, /OIDC_ISSUER: must be the https address/],
    [{ OIDC_ISSUER: 'https://a:b@login.example.com' }, /OIDC_ISSUER: must be the https address/],
    [{ OIDC_CLIENT_ID: '' }, /OIDC_CLIENT_ID: as the provider gave it/],
    [{ OIDC_ROLE_CLAIM: 'role' }, /OIDC_TENANT_CLAIM, OIDC_ROLE_CLAIM: both or none/],
    [{ OIDC_NAME: ' ' }, /OIDC_NAME: 1 to 60 characters/],
  ])('with %j is refused', (wrong, sentence) => {
    expect(() => serverSettings({ ...WHOLE, ...wrong })).toThrow(sentence);
  });

  it('is validated for the library too, under the names of the option', () => {
    const options = { database: { directory: 'x' }, publicUrl: 'https://shop.example', store: () => ({}) as never };
    const openIdConnect = { issuer: 'http://login.example', clientId: '', clientSecret: 'x', roleClaim: 'role' };
    for (const sentence of [
      'openIdConnect.issuer: must be',
      'openIdConnect.clientId: as the',
      'openIdConnect.tenantClaim, openIdConnect.roleClaim: both or none',
    ])
      expect(() => validateOptions({ ...options, openIdConnect })).toThrow(sentence);
    const local = { issuer: 'http://127.0.0.1:4000', clientId: 'a', clientSecret: 'b' };
    expect(() => validateOptions({ ...options, openIdConnect: local })).not.toThrow();
  });
});
