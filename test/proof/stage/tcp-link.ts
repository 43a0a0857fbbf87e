import { type Socket, connect, createServer } from 'node:net';

/** What a link does with bytes: `pass` them; `freeze` (blackhole: connects, then nothing moves); `mute` (swallow every answer); `refuse` (reset everybody). */
export type LinkMode = 'pass' | 'freeze' | 'mute' | 'refuse';

export interface TcpLink {
  port: number;
  set(mode: LinkMode): void;
  /** Resets every connection there is; new ones pass. */
  reset(): void;
  close(): Promise<void>;
}

/** A wire to a server that can be cut in several ways (SECURITY R24: netem does not work here). */
export async function tcpLink(host: string, port: number): Promise<TcpLink> {
  const pairs = new Map<Socket, Socket>();
  let mode: LinkMode = 'pass';
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
    client.on('data', (data) => upstream.write(data));
    upstream.on('data', (data) => {
      if (mode !== 'mute') client.write(data);
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
      // Connections whose answers were swallowed are out of step for ever.
      if (mode === 'mute' || next === 'refuse') reset();
      mode = next;
      for (const pair of pairs) for (const socket of pair) if (next === 'freeze') socket.pause(); else socket.resume();
    },
    reset,
    async close() {
      reset();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
