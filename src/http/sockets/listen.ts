import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Returns the address that it listens on: `http://127.0.0.1:3000`. `variable` names the port's setting for the error
 * when the port is taken.
 */
export async function listen(
  server: Server,
  { host, port, variable = 'PORT' }: { host: string; port: number; variable?: string },
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken: set ${variable} to another one.`) : error);
    });
    server.listen(port, host, resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}

/** Takes no new connections, and resolves when all are closed. After `patienceMs` it closes those that still answer. */
export async function closed(server: Server, patienceMs: number): Promise<void> {
  await queueIsEmpty(server);
  const done = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, patienceMs);
  await done;
  clearTimeout(late);
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
