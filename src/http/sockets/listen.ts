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
