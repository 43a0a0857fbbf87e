import type { Pool } from 'undici';
import { type Answer, type Call, send } from './load.js';

/** The path and query of the start link in the answer to a call-up. Throws if it was refused. */
export function startPathOf(text: string): string {
  const url = /<StartPage><URL>([^<]+)/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  if (url === undefined) throw new Error(`setup failed: ${text.slice(0, 300)}`);
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** The cookies of a login. Throws if it was refused. */
export function cookieOf({ headers, status }: Answer): string {
  const cookie = [headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ');
  if (cookie === '') throw new Error(`login gave no cookie (${status})`);
  return cookie;
}

/** Calls up and logs in; gives the cookies. */
export async function openSession(
  pool: Pool,
  target: { setup(): Call; login(startPath: string): Call },
): Promise<string> {
  const { text } = await send(pool, target.setup());
  return cookieOf(await send(pool, target.login(startPathOf(text))));
}
