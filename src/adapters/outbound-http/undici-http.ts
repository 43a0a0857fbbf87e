import type { Agent, Dispatcher } from 'undici';
import { lookup } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { Readable } from 'node:stream';
import type {
  OutboundAnswer,
  OutboundHttp,
  OutboundRequest,
  OutboundStream,
  StreamBounds,
} from '../../ports/outbound-http.js';
import { type Resolve, guardedLookup, type OutboundRules, outboundUrlFault } from './outbound-rules.js';

export interface UndiciHttpOptions {
  /** Default 1000. */
  connectTimeoutMs?: number;
  /** Maximum connections to one origin; further requests wait, within their own time. Default 32. */
  connectionsPerOrigin?: number;
  /** For addresses from third parties: only URLs that these rules allow are requested. Absent: any URL. */
  guard?: OutboundRules & { resolve?: Resolve };
}

/** Outbound HTTP over a pool of keep-alive connections. No redirects, no compression, no cookies. */
export class UndiciHttp {
  readonly #options: UndiciHttpOptions;
  readonly #guard: OutboundRules | undefined;
  #agent: Promise<Agent> | undefined;

  constructor(options: UndiciHttpOptions = {}) {
    this.#options = options;
    this.#guard = options.guard;
  }

  readonly send: OutboundHttp = async (request) => {
    const bound = boundedTime(request.timeoutMs);
    try {
      const answer = await this.#request(request, bound.signal);
      const chunks: Buffer[] = [];
      for await (const chunk of boundedBody(answer, request.maxAnswerBytes)) chunks.push(chunk);
      return { ...headOf(answer), body: UTF_8.decode(Buffer.concat(chunks)) };
    } finally {
      bound.end();
    }
  };

  readonly stream: OutboundStream = async (request) => {
    const { timeoutMs, signal, beginMs = timeoutMs, pace = NO_PACE, maxAnswerBytes } = request;
    const bound = boundedTime(timeoutMs, signal);
    const begin = setTimeout(() => bound.abort(`no answer began within ${beginMs} ms`), beginMs);
    try {
      const answer = await this.#request(request, bound.signal);
      const body = pacedBody(boundedBody(answer, maxAnswerBytes), pace, bound.abort);
      return { ...headOf(answer), body: endingBound(body, bound.end) };
    } catch (error) {
      bound.end();
      throw error;
    } finally {
      clearTimeout(begin);
    }
  };

  /** Aborts running requests and closes every connection. */
  async close(): Promise<void> {
    await (await this.#agent)?.destroy();
  }

  async #request(
    { method, url, headers, body, pieces }: OutboundRequest,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const fault = this.#guard === undefined ? undefined : outboundUrlFault(url, this.#guard);
    if (fault !== undefined) throw new Error(`the address is not allowed: ${fault}`);
    const { origin, pathname, search } = new URL(url);
    const agent = await (this.#agent ??= openAgent(this.#options));
    return agent.request({
      origin,
      path: pathname + search,
      method,
      headers,
      signal,
      body: pieces === undefined ? body : Readable.from(pieces),
    });
  }
}

/** The package is loaded by the first request, as it takes a twelfth of a server's start. */
async function openAgent({ connectTimeoutMs = 1000, connectionsPerOrigin = 32, guard }: UndiciHttpOptions) {
  // Bundlers give a module in CommonJS its default export only.
  const { Agent } = (await import('undici')).default;
  return new Agent({
    connections: connectionsPerOrigin,
    connect: {
      timeout: connectTimeoutMs,
      lookup: guard === undefined ? undefined : guardedLookup(guard, guard.resolve ?? namesFor(guard)),
    },
  });
}

/** An operator who lists networks may use names that no name server knows. */
function namesFor({ networks }: OutboundRules): Resolve {
  return systemNames(networks.length === 0 ? probeByDns() : undefined);
}

const NO_PACE = { bytes: 0, ms: 2_147_483_647 };
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

interface Bound {
  signal: AbortSignal;
  abort(reason: string): void;
  end(): void;
}

function boundedTime(timeoutMs: number, given?: AbortSignal): Bound {
  const aborter = new AbortController();
  const abort = (reason: string): void => aborter.abort(new Error(reason));
  const giveUp = (): void => abort('the request was given up');
  const timer = setTimeout(() => abort(`no answer within ${timeoutMs} ms`), timeoutMs);
  given?.addEventListener('abort', giveUp);
  if (given?.aborted === true) giveUp();
  return {
    signal: aborter.signal,
    abort,
    end() {
      clearTimeout(timer);
      given?.removeEventListener('abort', giveUp);
    },
  };
}

/** Counts only the time spent waiting for the server, not the time of the reader. */
async function* pacedBody(
  body: AsyncGenerator<Buffer>,
  { bytes, ms }: Required<StreamBounds>['pace'],
  abort: Bound['abort'],
): AsyncGenerator<Buffer> {
  let came = 0;
  let waited = 0;
  try {
    for (;;) {
      const startedAt = performance.now();
      const timer = setTimeout(
        () => abort(`it came too slowly: fewer than ${bytes} bytes within ${ms} ms`),
        ms - waited,
      );
      const next = await body.next().finally(() => clearTimeout(timer));
      if (next.done === true) return;
      came += next.value.length;
      waited += performance.now() - startedAt;
      if (came >= bytes) [came, waited] = [0, 0];
      yield next.value;
    }
  } finally {
    await body.return(undefined);
  }
}

async function* boundedBody(answer: Dispatcher.ResponseData, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- undici types its chunks as any
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`the answer is larger than ${maxBytes} bytes`);
    yield chunk;
  }
}

async function* endingBound(body: AsyncGenerator<Buffer>, end: () => void): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } finally {
    end();
  }
}

function headOf({ statusCode, headers }: Dispatcher.ResponseData): Pick<OutboundAnswer, 'status' | 'headers'> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) values[name.toLowerCase()] = first;
  }
  return { status: statusCode, headers: values };
}

/** The system's lookup takes one of the process's four threads, which hashes, files and compression need too. */
const AT_ONCE = 2;
const MOST_WAITING = 200;
/** Timeout of the first of two tries; the second has twice as long. */
const PROBE_MS = 800;

/** Rejects where the name servers of a name do not answer; any answer is accepted. */
export type Probe = (hostname: string) => Promise<unknown>;

/** Uses no thread. `servers` replaces those of the system. */
export function probeByDns(servers?: readonly string[]): Probe {
  const resolver = new Resolver({ timeout: PROBE_MS, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  const mustAnswer = (error: unknown): void => {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ETIMEOUT') throw error;
  };
  return (hostname) =>
    Promise.all([resolver.resolve4(hostname).catch(mustAnswer), resolver.resolve6(hostname).catch(mustAnswer)]);
}

/**
 * Looks names up as the system does, two at a time. A name whose servers do not answer the probe is not looked up: it
 * would block a thread for many seconds. Without a probe every name is looked up, since a local hosts file may define
 * it.
 */
export function systemNames(probe: Probe | undefined, ask: Resolve = bySystem): Resolve {
  let running = 0;
  const waiting: (() => void)[] = [];

  function next(): void {
    if (running >= AT_ONCE) return;
    const start = waiting.shift();
    if (start === undefined) return;
    running += 1;
    start();
  }

  return (hostname, done) => {
    const lookUp = (): void => {
      if (waiting.length >= MOST_WAITING) {
        done(new Error('too many names are being looked up at the moment'), []);
        return;
      }
      waiting.push(() =>
        ask(hostname, (error, addresses) => {
          running -= 1;
          next();
          done(error, addresses);
        }),
      );
      next();
    };
    const refuse = (): void => done(new Error(`the name servers of ${hostname} do not answer`), []);
    if (probe === undefined) lookUp();
    else void probe(hostname).then(lookUp, refuse);
  };
}

const bySystem: Resolve = (hostname, done) => lookup(hostname, { all: true }, done);
export type { OutboundRules, Resolve } from './outbound-rules.js';
export type {
  OutboundAnswer,
  OutboundHttp,
  OutboundRequest,
  OutboundStream,
  StreamBounds,
} from '../../ports/outbound-http.js';
