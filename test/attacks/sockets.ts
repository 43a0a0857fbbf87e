import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { numbers } from '../proof/in-parallel.js';
import { shareOf } from '../proof/phases/phase.js';
import type { ServerProcess } from '../proof/stage/server-process.js';
import { pause } from '../proof/stage/until.js';
import { type Attack, wrong } from './attack.js';

/** Maximum number of open sockets per address, and of all addresses that are not proxies (docs/access.md). */
const OF_ADDRESS = 500;
const OF_ALL = 2_000;
/** Connecting also costs the attacker's CPU. */
const AT_ONCE = 50;
const SETTLED_MS = 500;

/**
 * 2,000 idle keep-alive sockets of one client, then 2,000 of twenty clients; buyers connect through a proxy meanwhile.
 */
export const idleSockets: Attack = async ({ server, share }) => {
  const count = shareOf(2_000, share, 700);
  const ofOne = await holdIdle(
    server,
    numbers(count).map(() => '127.0.0.9'),
  );
  const ofTwenty = await holdIdle(
    server,
    numbers(2_200).map((index) => `127.0.1.${1 + (index % 20)}`),
  );
  const findings = [
    ...(ofOne > OF_ADDRESS ? [wrong('sockets', `${ofOne} idle sockets of one address are open`)] : []),
    ...(ofTwenty > OF_ALL ? [wrong('sockets', `${ofTwenty} idle sockets are open`)] : []),
    ...(ofOne === 0 || ofTwenty === 0 ? [wrong('sockets', 'none is open: the attack says nothing')] : []),
  ];
  return { tried: count + 2_200, findings, facts: { of_one_address: ofOne, of_twenty: ofTwenty } };
};

/** Number of sockets that the server left open. Each sends one request and then stays idle. */
async function holdIdle(server: ServerProcess, from: readonly string[]): Promise<number> {
  const open = new Set<Socket>();
  for (let begun = 0; begun < from.length; begun += AT_ONCE) {
    await Promise.all(
      from.slice(begun, begun + AT_ONCE).map(async (localAddress) => {
        const socket = connect({ port: server.port, host: '127.0.0.1', localAddress }).on('error', () => undefined);
        open.add(socket);
        socket.once('close', () => open.delete(socket)).resume();
        socket.write('GET /healthz HTTP/1.1\r\nHost: shop\r\n\r\n');
        await Promise.race([once(socket, 'data'), once(socket, 'close')]).catch(() => undefined);
      }),
    );
  }
  await pause(SETTLED_MS);
  const left = open.size;
  for (const socket of open) socket.destroy();
  return left;
}
