import { type IncomingMessage, type ServerResponse, request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export type Site = (req: IncomingMessage, res: ServerResponse) => void;

export interface Certificate {
  key: Buffer | string;
  /** The whole chain. */
  cert: Buffer | string;
}

export interface TlsFront {
  port: number;
  /** Sites by host name. */
  sites: Map<string, Site>;
  /** For connections from now on. */
  show(certificate: Certificate): void;
  stop(): Promise<void>;
}

/** Terminates TLS for all host names on one port, like a reverse proxy: the servers behind it get plain http. */
export async function tlsFront(certificate: Certificate): Promise<TlsFront> {
  const sites = new Map<string, Site>();
  const server = createServer(certificate, (req, res) => {
    const site = sites.get((req.headers.host ?? '').split(':', 1)[0] ?? '');
    if (site === undefined) res.writeHead(502).end();
    else site(req, res);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    sites,
    show: (shown) => server.setSecureContext(shown),
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Forwards every request with its headers and these. */
export function proxyTo(port: number, added: Record<string, string> = {}): Site {
  return (req, res) => {
    const onward = request(
      { host: '127.0.0.1', port, method: req.method, path: req.url, headers: { ...req.headers, ...added } },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      },
    );
    onward.on('error', () => {
      if (!res.headersSent) res.writeHead(502);
      res.end();
    });
    req.pipe(onward);
  };
}

export async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
