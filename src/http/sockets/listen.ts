import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Listener {
  /** `http://127.0.0.1:3000` */
  url: string;
  /**
   * Takes no new connections, and resolves when all are closed: idle ones at once, after `silentMs` those that have
   * never sent anything, after `patienceMs` those that still answer.
   */
  close(patienceMs: number, silentMs?: number): Promise<void>;
}

/** Browsers and proxies open sockets ahead. Whoever connects with a request in hand sends it sooner than this. */
const SILENT_MS = 1_000;

/** `variable` names the port's setting for the error when the port is taken. */
export async function listen(
  server: Server,
  { host, port, variable = 'PORT' }: { host: string; port: number; variable?: string },
): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken: set ${variable} to another one.`) : error);
    });
    server.listen(port, host, resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    async close(patienceMs, silentMs = SILENT_MS) {
      await queueIsEmpty(server);
      const done = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      const silent = setTimeout(() => {
        for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      }, silentMs);
      const late = setTimeout(() => {
        server.closeAllConnections();
      }, patienceMs);
      await done;
      clearTimeout(silent);
      clearTimeout(late);
    },
  };
}

/** The first turn of the event loop may have begun before the last connection came. */
const QUIET_TURNS = 2;
/** A listener under heavy load closes all the same. */
const MOST_TURNS = 1_000;

/**
 * Waits until nobody has connected in a turn of the event loop. The kernel resets connections that wait in the queue of
 * a listener that closes: a proxy has sent their requests already, and may not send a POST again.
 */
async function queueIsEmpty(server: Server): Promise<void> {
  let quiet = 0;
  const connected = (): void => {
    quiet = -1;
  };
  server.on('connection', connected);
  for (let turn = 0; quiet < QUIET_TURNS && turn < MOST_TURNS; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    quiet += 1;
  }
  server.off('connection', connected);
}
