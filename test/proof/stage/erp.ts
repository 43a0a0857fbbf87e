import { createServer } from 'node:http';
import { freePort } from './free-port.js';

export interface Delivery {
  /** `c` of the return URL: identifies the punchout. */
  buyerCookie: string;
  body: string;
}

export interface Erp {
  /** Base address for browsers (PUBLIC_URL); only the return address really is on this server. */
  publicUrl: string;
  returnUrl(buyerCookie: string): string;
  record: Delivery[];
  close(): Promise<void>;
}

/** The double of the procurement system: records every cart that a browser posts. */
export async function startErp(): Promise<Erp> {
  const record: Delivery[] = [];
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const url = new URL(req.url ?? '/', publicUrl);
      if (req.method !== 'POST' || url.pathname !== '/erp/return') {
        res.writeHead(404).end();
        return;
      }
      record.push({ buyerCookie: url.searchParams.get('c') ?? '', body: Buffer.concat(chunks).toString('utf8') });
      res.end('taken');
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    publicUrl,
    returnUrl: (buyerCookie) => `${publicUrl}/erp/return?c=${encodeURIComponent(buyerCookie)}`,
    record,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
