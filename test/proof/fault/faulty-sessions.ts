import { RedisStore } from 'connect-redis';
import { Redis } from 'ioredis';
import { pass } from './death.js';

type Send = (...args: unknown[]) => unknown;

/** Points before a session is saved in Redis, and before it is destroyed there. */
export function faultySessions(): void {
  passBefore(Redis.prototype as unknown as Record<string, Send>, 'set', 'login:before-session-save', isSession);
  passBefore(RedisStore.prototype as unknown as Record<string, Send>, 'destroy', 'transfer:before-session-destroy');
}

/** Excludes the writes of the health check. */
const isSession = (key: unknown): boolean => !String(key).endsWith(':health');

function passBefore(
  prototype: Record<string, Send>,
  method: string,
  point: Parameters<typeof pass>[0],
  isMeant: (first: unknown) => boolean = () => true,
): void {
  const original = prototype[method];
  if (original === undefined) throw new Error(`there is no ${method} any more`);
  prototype[method] = function passing(this: unknown, ...args) {
    if (isMeant(args[0])) pass(point);
    return Reflect.apply(original, this, args);
  };
}
