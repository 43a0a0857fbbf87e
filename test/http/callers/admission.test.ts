import type { Request, Response } from 'express';
import { expect, it } from '@jest/globals';
import { DEFAULT_ACCESS_POLICY, DEFAULT_KEY_POLICY } from '../../../src/domain/access/tenant.js';
import { admission, knownAddresses } from '../../../src/http/callers/admission.js';
import { healthRouter } from '../../../src/http/operations/health-router.js';
import { readiness } from '../../../src/http/operations/readiness.js';
import { provenLately } from '../../../src/usecases/access/prove-caller.js';

function world(options: { requestsPerAddress?: number; requestsPerStranger?: number; demoEnabled?: boolean } = {}) {
  const taken: [string, number][] = [];
  const told: object[] = [];
  const log = { debug() {}, info() {}, warn: (facts: object) => void told.push(facts), error() {} };
  const limits = {
    take: async (key: string, perMinute: number) => (taken.push([key, perMinute]), undefined),
    close: () => undefined,
  };
  const made = admission({
    limits,
    demoEnabled: false,
    requestsPerAddress: 60_000,
    requestsPerStranger: 1_200,
    log,
    ...options,
  });
  const request = (ip: string, headers: Record<string, string> = {}, peer = ip): Request =>
    ({ ip, headers, socket: { remoteAddress: peer } }) as unknown as Request;
  const ask = async (req: Request): Promise<[string, number][]> => {
    taken.length = 0;
    await made.limitAddress(req, { set: () => undefined } as unknown as Response, () => undefined);
    return [...taken];
  };
  return { ...made, request, ask, taken, told };
}

it('an unknown address is counted twice, a known one once, and none if both limits are switched off', async () => {
  const { ask, request, proven } = world();
  expect(await ask(request('192.0.2.1'))).toEqual([
    ['address:192.0.2.1', 60_000],
    ['stranger:192.0.2.1', 1_200],
  ]);
  proven(request('192.0.2.1'));
  expect([await ask(request('192.0.2.1')), (await ask(request('192.0.2.2'))).length]).toEqual([
    [['address:192.0.2.1', 60_000]],
    2,
  ]);
  expect(await world({ requestsPerStranger: 0 }).ask(request('192.0.2.1'))).toEqual([['address:192.0.2.1', 60_000]]);
  expect(await world({ requestsPerAddress: 0, requestsPerStranger: 0 }).ask(request('192.0.2.1'))).toEqual([]);
  expect(await world({ demoEnabled: true }).ask(request('127.0.0.1'))).toEqual([]);
});

it('default limits: 6,000 call-ups of a connection, 60,000 requests of an API key', async () => {
  const { admit, request, taken } = world();
  const req = request('192.0.2.1');
  await admit(req, 'connection', DEFAULT_ACCESS_POLICY);
  await admit(req, 'key', DEFAULT_KEY_POLICY);
  await admit(req, 'free', { ...DEFAULT_ACCESS_POLICY, requestsPerMinute: 0 });
  expect(taken).toEqual([
    ['owner:connection', 6_000],
    ['owner:key', 60_000],
  ]);
});

it('an undeclared proxy is logged once; declared ones and clients are not', async () => {
  const { ask, request, told } = world();
  const header = { 'x-forwarded-for': '203.0.113.1' };
  await ask(request('203.0.113.1', header, '10.0.0.7'));
  await ask(request('198.51.100.1', header));
  await ask(request('10.0.0.8'));
  expect(told).toEqual([]);
  for (let call = 0; call < 3; call += 1) await ask(request('10.0.0.7', header));
  expect(told).toEqual([{ proxy: '10.0.0.7' }]);
});

it('known addresses and recent successes expire and are limited in number', () => {
  let now = 0;
  const [addresses, lately] = [knownAddresses(() => now), provenLately(() => now)];
  addresses.add('a');
  lately.add('key', 'a');
  expect([addresses.has('a'), addresses.has('b'), lately.has('key', 'a'), lately.has('key', 'b')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  now += 3_600_000;
  expect([addresses.has('a'), lately.has('key', 'a')]).toEqual([false, true]);
  now += 12 * 3_600_000;
  expect(lately.has('key', 'a')).toBe(false);
  let kept = 0;
  for (let index = 0; index < 50_000; index += 1) {
    addresses.add(`${index}`);
    lately.add('key', `${index}`);
  }
  for (let index = 0; index < 50_000; index += 1)
    kept += (addresses.has(`${index}`) ? 1 : 0) + (lately.has('key', `${index}`) ? 1 : 0);
  expect(kept).toBeLessThanOrEqual(30_000);
  expect([addresses.has('49999'), lately.has('key', '49999')]).toEqual([true, true]);
});

it('200 parallel readiness requests check each dependency once', async () => {
  let checks = 0;
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const health = [{ name: 'database', check: async () => void (checks += 1) }];
  const router = healthRouter(readiness(health, quiet), () => false);
  const ask = (): Promise<string> =>
    new Promise((resolve) => {
      const res = { status: () => res, json: (body: { status: string }) => resolve(body.status) };
      router({ method: 'GET', url: '/readyz' } as Request, res as unknown as Response, () => resolve('not found'));
    });
  expect(new Set(await Promise.all(Array.from({ length: 200 }, ask)))).toEqual(new Set(['ready']));
  expect(checks).toBe(1);
});
