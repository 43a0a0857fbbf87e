import { type IncomingMessage, ServerResponse } from 'node:http';
import { isToDieAt, pass } from './death.js';

type Send = (...args: unknown[]) => unknown;

/** Routers shorten `url` during a request. */
function urlOf(req: IncomingMessage & { originalUrl?: string }): string {
  return req.originalUrl ?? req.url ?? '';
}

/** Answers can be cut off before their first byte, or in the middle. */
export function faultyAnswers(): void {
  const prototype = ServerResponse.prototype as unknown as { write: Send; end: Send };
  const { write, end } = prototype;

  function cut(this: ServerResponse, original: Send, args: unknown[]): unknown {
    const url = urlOf(this.req);
    if (url.includes('/session/login/')) pass('login:before-response');
    if (url.includes('/session/logout') && url.includes('transferred=')) {
      pass('transfer:before-response');
      const [content] = args;
      const bytes = typeof content === 'string' || content instanceof Uint8Array ? Buffer.from(content) : undefined;
      if (bytes !== undefined && bytes.length > 1) {
        if (!isToDieAt('transfer:half-response')) pass('transfer:half-response');
        else
          return Reflect.apply(write, this, [
            bytes.subarray(0, Math.floor(bytes.length / 2)),
            () => pass('transfer:half-response'),
          ]);
      }
    }
    return Reflect.apply(original, this, args);
  }
  prototype.write = function cutWrite(this: ServerResponse, ...args) {
    return cut.call(this, write, args);
  };
  prototype.end = function cutEnd(this: ServerResponse, ...args) {
    return cut.call(this, end, args);
  };
}
