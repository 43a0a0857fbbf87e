import { Agent, request } from 'node:http';
import { Readable } from 'node:stream';

export interface HostileCall {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  /** Client address as reported by the trusted proxy 127.0.0.1. */
  address: string;
  /** A body of several parts is sent without a Content-Length. */
  body?: Buffer | readonly Buffer[];
}

export interface HostileAnswer {
  /** 0: there was no answer. */
  status: number;
  /** The body; if there was no answer, the socket error and when it came. */
  text: string;
}

const LONGEST_ANSWER = 64 * 1024;

/**
 * Sends hostile requests, at most `width` at once, and never throws. One client with low CPU use for a whole attack.
 */
export class HostileClient {
  readonly #agent: Agent;
  readonly #port: number;

  constructor(port: number, width: number) {
    this.#port = port;
    this.#agent = new Agent({ keepAlive: true, maxSockets: width });
  }

  send(call: HostileCall): Promise<HostileAnswer> {
    const { method = 'POST', path, headers = {}, address, body } = call;
    return new Promise((resolve) => {
      const options = {
        port: this.#port,
        host: '127.0.0.1',
        agent: this.#agent,
        method,
        path,
        headers: { ...headers, 'x-forwarded-for': address },
      };
      let status = 0;
      let text = '';
      const begun = performance.now();
      const done = (): void => resolve({ status, text });
      const sending = request(options, (answer) => {
        status = answer.statusCode ?? 0;
        answer.on('data', (chunk: Buffer) => {
          if (text.length < LONGEST_ANSWER) text += chunk.toString('utf8');
        });
        answer.on('close', done);
      });
      sending.on('error', (error: NodeJS.ErrnoException) => {
        // The server may close an idle connection in the moment in which it is used again (RFC 9112, 9.3.1).
        if (sending.reusedSocket && status === 0) return resolve(this.send(call));
        // The connection can be reset after the answer has come.
        if (status === 0) text = `${error.code ?? error.message} after ${Math.round(performance.now() - begun)} ms`;
        done();
      });
      if (body === undefined || Buffer.isBuffer(body)) sending.end(body);
      else Readable.from(body).pipe(sending);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** `count` addresses from reserved ranges (RFC 5737 and 2544). */
export function addressOf(index: number): string {
  return `198.18.${(index >> 8) & 255}.${index & 255}`;
}

/** A body of `bytes` that needs only a small buffer: the same piece repeated. */
export function repeated(piece: string, bytes: number, before = '', after = ''): Buffer[] {
  const block = Buffer.from(piece.repeat(Math.max(1, Math.floor(65_536 / piece.length))));
  const parts = Array.from({ length: Math.ceil(bytes / block.length) }, () => block);
  return [...(before === '' ? [] : [Buffer.from(before)]), ...parts, ...(after === '' ? [] : [Buffer.from(after)])];
}
