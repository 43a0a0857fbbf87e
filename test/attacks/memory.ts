import { gzipSync } from 'node:zlib';
import { type Socket, connect } from 'node:net';
import { inParallel, numbers } from '../proof/in-parallel.js';
import type { ServerProcess } from '../proof/stage/server-process.js';
import { pause } from '../proof/stage/until.js';
import { shareOf } from '../proof/phases/phase.js';
import { SHOP } from './attacked-shop.js';
import { type Attack, MIB, wrong } from './attack.js';
import { HostileClient, addressOf, repeated } from './hostile-client.js';

/**
 * 96 OCI call-ups with user names of 5 MB, each with a different one; and 200 of 200 KB, which are read, from one
 * address.
 */
export const longNames: Attack = async ({ server, share }) => {
  const client = new HostileClient(server.port, 12);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const call = async (index: number, bytes: number, address: string): Promise<number> => {
    const body = repeated('n', bytes, `USERNAME=${index}`, `&PASSWORD=x&HOOK_URL=${SHOP.returnUrl}`);
    return (await client.send({ path: '/v1/punchout/oci/setup', headers: form, address, body })).status;
  };
  const large = await inParallel(numbers(shareOf(96, share, 24)), 12, (index) =>
    call(index, 5 * MIB - 65_536, addressOf(index >> 2)),
  );
  const small = await inParallel(numbers(200), 12, (index) => call(1_000 + index, 196_608, addressOf(999)));
  client.close();
  const findings = [...large, ...small]
    .filter((status) => ![0, 401, 408, 413, 429, 503].includes(status))
    .map((status) => wrong('names', `a nameless caller was answered ${status}`));
  if (large.some((status) => status === 401 || (status > 0 && status < 400)))
    findings.push(wrong('names', 'a body of 5 MB was taken from a stranger'));
  return { tried: large.length + small.length, findings, facts: {} };
};

/** 24 bodies of 32 MB from callers without a key, and 24 compressed bodies of 32 KB that expand to 32 MB. */
export const largeBodies: Attack = async ({ server, share }) => {
  const client = new HostileClient(server.port, 24);
  const count = shareOf(24, share, 6);
  const plain = repeated(' ', 32 * MIB - 65_536);
  const bomb = gzipSync(Buffer.alloc(32 * MIB - 65_536, ' '));
  const paths = ['/v1/punchout/transfer', '/v1/punchout/oci/transfer', '/v1/punchout/setup'];
  const answers = await Promise.all(
    numbers(2 * count).map(async (index) => {
      const isBomb = index >= count;
      const headers = { 'content-type': 'application/json', ...(isBomb ? { 'content-encoding': 'gzip' } : {}) };
      const body = isBomb ? bomb : plain;
      return client.send({ path: paths[index % paths.length] ?? '', headers, address: addressOf(index), body });
    }),
  );
  client.close();
  const taken = answers.filter(
    ({ status, text }) => !(status === 413 || status === 503 || /code="(?:400|413|560)"/.test(text)),
  );
  return {
    tried: answers.length,
    findings: taken.map(({ status, text }) =>
      wrong('bodies', `a body of 32 MB was answered ${status} ${text.slice(0, 100)}`),
    ),
    facts: {},
  };
};

/** 500 incomplete bodies from 125 addresses: the budget for unauthenticated callers is full but not exceeded. */
export const heldBodies: Attack = async ({ server }) => {
  const block = Buffer.alloc(240 * 1024, 'x');
  const sockets: Socket[] = [];
  for (const index of numbers(500)) {
    if (index % 20 === 0) await pause(20);
    const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
    socket.resume();
    socket.write(
      `POST /v1/punchout/setup HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: ${addressOf(index >> 2)}\r\n` +
        `Content-Type: text/xml\r\nContent-Length: ${block.length + 10}\r\n\r\n`,
    );
    socket.write(block);
    sockets.push(socket);
  }
  await settled(server);
  for (const socket of sockets) socket.destroy();
  await pause(100);
  return { tried: sockets.length, findings: [], facts: {} };
};

/** Waits until the process holds no more than before, even on a slow machine. */
async function settled(server: ServerProcess): Promise<void> {
  let last = -1;
  for (let round = 0; round < 20; round += 1) {
    await pause(400);
    const { most } = await server.measure('look');
    if (most.buffers - last < MIB) return;
    last = most.buffers;
  }
}
