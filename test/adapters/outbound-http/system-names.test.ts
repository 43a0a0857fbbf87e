import { scrypt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import type { Resolve } from '../../../src/adapters/outbound-http/outbound-rules.js';
import { type Probe, probeByDns, systemNames } from '../../../src/adapters/outbound-http/undici-http.js';

const derive = promisify<string, string, number, Buffer>(scrypt);
const FOUND = [{ address: '192.0.2.1', family: 4 }];
const look = (names: Resolve, hostname: string): Promise<string> =>
  new Promise((resolve) =>
    names(hostname, (error, addresses) => resolve(error?.message ?? addresses.map(({ address }) => address).join())),
  );

it('100 names whose servers never answer block no thread: none is looked up, and hashes proceed', async () => {
  const mute = createSocket('udp4');
  const asked = new Set<string>();
  mute.on('message', (question) => asked.add(question.toString('latin1').slice(12)));
  await new Promise<void>((resolve) => mute.bind(0, '127.0.0.1', resolve));
  const lookedUp: string[] = [];
  const names = systemNames(
    probeByDns([`127.0.0.1:${mute.address().port}`]),
    (hostname, done) => (lookedUp.push(hostname), done(null, FOUND)),
  );
  const dead = Promise.all(Array.from({ length: 100 }, (_, index) => look(names, `hook-${index}.attacker.example`)));
  expect((await derive('secret', 'salt', 32)).length).toBe(32);
  for (const outcome of await dead) expect(outcome).toMatch(/^the name servers of .* do not answer$/);
  expect([lookedUp, asked.size]).toEqual([[], 200]);
  mute.close();
}, 30_000);

it('names are looked up two at a time, and the waiting ones are bounded', async () => {
  const started: [string, () => void][] = [];
  const names = systemNames(undefined, (hostname, done) => started.push([hostname, () => done(null, FOUND)]));
  const outcomes = Array.from({ length: 250 }, (_, index) => look(names, `${index}.example`));
  expect(started).toHaveLength(2);
  for (let index = 0; index < started.length; index += 1) started[index]?.[1]();
  const said = await Promise.all(outcomes);
  expect([started.length, said.filter((text) => text === '192.0.2.1').length]).toEqual([202, 202]);
  expect(said.filter((text) => text.startsWith('too many names'))).toHaveLength(48);
});

it.each<[string, Probe]>([
  ['has an address', async () => ['192.0.2.1']],
  ['is not there', () => probeByDns(['127.0.0.1:1'])('name.example')],
])('a name that %s by the name servers is looked up as the system does', async (_, probe) => {
  expect(
    await look(
      systemNames(probe, (_hostname, done) => done(null, FOUND)),
      'name.example',
    ),
  ).toBe('192.0.2.1');
});
