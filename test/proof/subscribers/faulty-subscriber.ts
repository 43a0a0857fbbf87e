import { createHash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { freePort } from '../stage/free-port.js';

export const FAULTS = [
  '500',
  '301',
  'time-out',
  'reset after body',
  'slow drip',
  'wrong revision',
  'garbage',
  'closed port',
] as const;
export type Fault = (typeof FAULTS)[number];

/** One fault, due when this many events are stored. */
export interface PlannedFault {
  kind: Fault;
  after: number;
}

/** A subscriber of order events that stores them and fails as planned. */
export interface FaultySubscriber {
  url: string;
  /** Revisions in the order of their first arrival. */
  firsts: number[];
  /** Digests of the bodies received for a revision. */
  bodies: Map<number, Set<string>>;
  received: number;
  /** Number of faults so far. */
  faults: number;
  /** Maximum number of parallel requests. */
  mostAtOnce: number;
  last(): number;
  close(): Promise<void>;
}

const CLOSED_MS = 700;

export async function startFaultySubscriber(plan: PlannedFault[]): Promise<FaultySubscriber> {
  const port = await freePort();
  const due = plan.toSorted((a, b) => a.after - b.after);
  let last = 0;
  let atOnce = 0;

  const server = createServer((req, res) => {
    atOnce += 1;
    subscriber.mostAtOnce = Math.max(subscriber.mostAtOnce, atOnce);
    res.once('close', () => (atOnce -= 1));
    const chunks: Buffer[] = [];
    req
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => answer(req, res, Buffer.concat(chunks).toString('utf8')));
  });
  server.keepAliveTimeout = 60_000;
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  function answer(req: IncomingMessage, res: ServerResponse, body: string): void {
    const fault = due[0] !== undefined && subscriber.firsts.length >= due[0].after ? due[0].kind : undefined;
    // These two lie about stored events, or about the last sent event.
    if (
      fault !== undefined &&
      !((fault === 'wrong revision' || fault === 'garbage') && req.method !== 'GET') &&
      !(fault === 'reset after body' && req.method !== 'POST')
    ) {
      due.shift();
      subscriber.faults += 1;
      fail(fault, req, res, body);
      return;
    }
    if (req.method === 'POST') take(body);
    res
      .writeHead(200, { 'content-type': 'text/xml; charset=UTF-8' })
      .end(req.method === 'GET' ? `<last-revision>${last}</last-revision>` : '');
  }

  function take(body: string): void {
    const revision = Number(/<revision>(\d+)<\/revision>/.exec(body)?.[1]);
    subscriber.received += 1;
    let seen = subscriber.bodies.get(revision);
    if (seen === undefined) {
      subscriber.bodies.set(revision, (seen = new Set()));
      subscriber.firsts.push(revision);
    }
    seen.add(createHash('sha256').update(body).digest('base64'));
    if (revision > last) last = revision;
  }

  function fail(fault: Fault, req: IncomingMessage, res: ServerResponse, body: string): void {
    switch (fault) {
      case '500':
        return void res.writeHead(500).end('no');
      case '301':
        return void res.writeHead(301, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
      case 'time-out':
        return;
      case 'reset after body':
        take(body);
        return void req.socket.destroy();
      case 'slow drip': {
        res.writeHead(200, { 'content-type': 'text/xml' }).write('<last-revision>');
        const drip = setInterval(() => res.write(' '), 100);
        return void res.once('close', () => clearInterval(drip));
      }
      case 'wrong revision':
        return void res.writeHead(200).end(`<last-revision>${Math.floor(last / 2)}</last-revision>`);
      case 'garbage':
        return void res.writeHead(200).end('<html><h1>It works!</h1></html>');
      case 'closed port':
        server.close();
        server.closeAllConnections();
        setTimeout(() => void listen(), CLOSED_MS);
    }
  }

  const subscriber: FaultySubscriber = {
    url: `http://127.0.0.1:${port}/hook`,
    firsts: [],
    bodies: new Map(),
    received: 0,
    faults: 0,
    mostAtOnce: 0,
    last: () => last,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await listen();
  return subscriber;
}
