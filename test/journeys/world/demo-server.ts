import { join } from 'node:path';
import type { ServerSettings } from '../../../src/config/environment.js';
import { type RunningServer, startServer } from '../../../src/server.js';
import { freePort } from './world.js';

/**
 * The demo as a newcomer has it: on plain http and loopback, with an embedded database, so that the virtual buyer's own
 * requests reach it. `more`: settings that a journey needs besides.
 */
export async function demoServer(directory: string, more: Partial<ServerSettings> = {}): Promise<RunningServer> {
  const port = await freePort();
  return startServer({
    host: '127.0.0.1',
    port,
    publicUrl: `http://127.0.0.1:${port}`,
    database: { directory: join(directory, `demo-${port}`) },
    demo: true,
    trustedProxies: [],
    store: { kind: 'demo' },
    metricsPort: 0,
    logLevel: 'error',
    ...more,
  });
}
