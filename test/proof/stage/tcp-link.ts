import { type Socket, connect, createServer } from 'node:net';

/**
 * Modes of a link: `pass` all bytes; `freeze` (connects, then nothing moves); `mute` (drops every answer); `refuse`
 * (resets every connection); `drop-commits` (the server gets the transfer's statement, its answer is dropped and the
 * connection reset).
 */
export type LinkMode = 'pass' | 'freeze' | 'mute' | 'refuse' | 'drop-commits';

/** The wire format ends names with NUL. */
const TRANSFER_STATEMENTS = ['transmission-transfer\0', 'transmission-transfer-many\0'];

export interface TcpLink {
  port: number;
  set(mode: LinkMode): void;
  /** Number of answers that `drop-commits` has dropped. */
  dropped(): number;
  close(): Promise<void>;
}

/** A TCP proxy that can disturb connections in several ways, without the privileges that netem needs. */
export async function tcpLink(host: string, port: number): Promise<TcpLink> {
  const pairs = new Map<Socket, Socket>();
  let mode: LinkMode = 'pass';
  let dropped = 0;
  const server = createServer((client) => {
    if (mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(port, host);
    pairs.set(client, upstream);
    const end = (): void => {
      pairs.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.setNoDelay(true).on('error', end).on('close', end);
    let commits = false;
    client.on('data', (data) => {
      commits ||= mode === 'drop-commits' && TRANSFER_STATEMENTS.some((name) => data.includes(name));
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (commits) {
        dropped += 1;
        end();
      } else if (mode !== 'mute') client.write(data);
    });
    if (mode === 'freeze') for (const socket of [client, upstream]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the link has no port');

  function reset(): void {
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    }
  }
  return {
    port: address.port,
    set(next) {
      // Connections with dropped answers are out of sync for good.
      if (mode === 'mute' || next === 'refuse') reset();
      mode = next;
      for (const pair of pairs)
        for (const socket of pair)
          if (next === 'freeze') socket.pause();
          else socket.resume();
    },
    dropped: () => dropped,
    async close() {
      reset();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
