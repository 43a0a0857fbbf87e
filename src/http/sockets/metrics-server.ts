import type { RequestListener } from 'node:http';
import { boundedServer } from './bounded-server.js';
import { type Listener, listen } from './listen.js';

/** Only Prometheus and people who look use it. */
const SOCKETS = 40;

/**
 * Serves `/metrics` for Prometheus on a port of its own, so that the proxy in front does not pass it on (T69). Port 0:
 * no server.
 */
export async function serveMetrics(
  metricsText: () => Promise<string>,
  { metricsHost: host = '127.0.0.1', metricsPort: port }: { metricsHost?: string | undefined; metricsPort: number },
): Promise<Listener | undefined> {
  if (port === 0) return undefined;
  const answer: RequestListener = (req, res) => {
    if (req.method !== 'GET' || req.url !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    metricsText().then(
      (text) => res.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => res.writeHead(500).end(),
    );
  };
  const server = boundedServer(answer, { sockets: SOCKETS, socketsPerAddress: 0 });
  return listen(server, { host, port, variable: 'METRICS_PORT' });
}
