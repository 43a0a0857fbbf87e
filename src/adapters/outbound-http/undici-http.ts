import { Agent } from 'undici';
import type { OutboundAnswer, OutboundHttp, OutboundRequest } from '../../ports/outbound-http.js';

export interface UndiciHttpOptions {
  /** Default 1000. */
  connectTimeoutMs?: number;
  /** Most connections to one origin; further requests wait, within their own time. Default 32. */
  connectionsPerOrigin?: number;
}

/** Outbound HTTP over a pool of kept connections. No redirects, no compression, no cookies. */
export class UndiciHttp {
  readonly #agent: Agent;

  constructor({ connectTimeoutMs = 1000, connectionsPerOrigin = 32 }: UndiciHttpOptions = {}) {
    this.#agent = new Agent({ connections: connectionsPerOrigin, connect: { timeout: connectTimeoutMs } });
  }

  readonly send: OutboundHttp = async (request) => {
    const aborter = new AbortController();
    const timer = setTimeout(() => aborter.abort(new Error(`no answer within ${request.timeoutMs} ms`)), request.timeoutMs);
    try {
      return await this.#exchange(request, aborter.signal);
    } finally {
      clearTimeout(timer);
    }
  };

  /** Ends what is under way and closes every connection. */
  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #exchange({ method, url, headers, body, maxAnswerBytes }: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
    const { origin, pathname, search } = new URL(url);
    const answer = await this.#agent.request({ origin, path: pathname + search, method, headers, signal, ...(body === undefined ? {} : { body }) });
    const chunks: Buffer[] = [];
    let bytes = 0;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- undici types its chunks as any
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) throw new Error(`the answer is larger than ${maxAnswerBytes} bytes`);
      chunks.push(chunk);
    }
    return { status: answer.statusCode, headers: firstValues(answer.headers), body: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) };
  }
}

function firstValues(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) values[name.toLowerCase()] = first;
  }
  return values;
}
