import { type IncomingHttpHeaders, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  method: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Only of a POST. */
  revision?: number;
}

/** A subscriber as Shopware Connect describes one; every answer can be replaced. */
export interface Subscriber {
  url: string;
  seen: Seen[];
  /** Stored revisions, in the order of arrival, each once. */
  stored: number[];
  last: number;
  /** Revisions in the order in which they were sent. */
  sent(): number[];
  /** Answers instead of the default; returns true if it did. */
  instead?: ((seen: Seen, res: ServerResponse) => boolean) | undefined;
  close(): void;
}

export async function startSubscriber(): Promise<Subscriber> {
  const server: Server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const revision = /<revision>(\d+)<\/revision>/.exec(body)?.[1];
        const seen: Seen = {
          method: req.method ?? '',
          headers: req.headers,
          body,
          ...(revision === undefined ? {} : { revision: Number(revision) }),
        };
        subscriber.seen.push(seen);
        if (subscriber.instead?.(seen, res) === true) return;
        if (seen.method === 'GET')
          return void res
            .writeHead(200, { 'content-type': 'text/xml; charset=UTF-8' })
            .end(`<last-revision>${subscriber.last}</last-revision>`);
        store(subscriber, seen);
        res.writeHead(200).end('ok');
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const subscriber: Subscriber = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    seen: [],
    stored: [],
    last: 0,
    sent: () => subscriber.seen.flatMap(({ revision }) => revision ?? []),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return subscriber;
}

export function store(subscriber: Subscriber, { revision = 0 }: Seen): void {
  if (revision <= subscriber.last) return;
  subscriber.stored.push(revision);
  subscriber.last = revision;
}
