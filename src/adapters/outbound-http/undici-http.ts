import { Agent, type Dispatcher } from 'undici';
import type { OutboundAnswer, OutboundHttp, OutboundRequest, OutboundStream } from '../../ports/outbound-http.js';
import { type Resolve, guardedLookup } from './guarded-lookup.js';
import { type OutboundRules, outboundUrlFault } from './public-address.js';

export interface UndiciHttpOptions {
  /** Default 1000. */
  connectTimeoutMs?: number;
  /** Most connections to one origin; further requests wait, within their own time. Default 32. */
  connectionsPerOrigin?: number;
  /** For addresses that others have given us: only those that these rules allow are requested. Absent: any. */
  guard?: OutboundRules & { resolve?: Resolve };
}

/** Outbound HTTP over a pool of kept connections. No redirects, no compression, no cookies. */
export class UndiciHttp {
  readonly #agent: Agent;
  readonly #guard: OutboundRules | undefined;

  constructor({ connectTimeoutMs = 1000, connectionsPerOrigin = 32, guard }: UndiciHttpOptions = {}) {
    this.#guard = guard;
    this.#agent = new Agent({
      connections: connectionsPerOrigin,
      connect: { timeout: connectTimeoutMs, ...(guard === undefined ? {} : { lookup: guardedLookup(guard, guard.resolve) }) },
    });
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
    const bound = boundedTime(request.timeoutMs);
    try {
      const answer = await this.#request(request, bound.signal);
      return { ...headOf(answer), body: endingBound(boundedBody(answer, request.maxAnswerBytes), bound.end) };
    } catch (error) {
      bound.end();
      throw error;
    }
  };

  /** Ends what is under way and closes every connection. */
  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #request({ method, url, headers, body }: OutboundRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const fault = this.#guard === undefined ? undefined : outboundUrlFault(url, this.#guard);
    if (fault !== undefined) throw new Error(`the address is not allowed: ${fault}`);
    const { origin, pathname, search } = new URL(url);
    return this.#agent.request({ origin, path: pathname + search, method, headers, signal, ...(body === undefined ? {} : { body }) });
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

interface Bound {
  signal: AbortSignal;
  end(): void;
}

function boundedTime(timeoutMs: number): Bound {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  return { signal: aborter.signal, end: () => clearTimeout(timer) };
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
