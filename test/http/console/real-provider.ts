import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe } from '@jest/globals';
import { type WebClient, webClient } from '../../support/web-client.js';
import { isProviderMissing } from './provider-process.js';

export function describeProvider(name: string, body: () => void): void {
  if (isProviderMissing(name)) describe.skip(name, body);
  else describe(name, body);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A person's browser at the provider: follows redirects and fills in the forms, until it is sent back to us. */
export async function signInAt(browser: WebClient, address: string, login: string): Promise<string> {
  const { origin } = new URL(address);
  let answer = await browser.get(address);
  for (let step = 0; step < 12; step += 1) {
    if (answer.location !== '' && !answer.location.startsWith(origin)) return answer.location;
    if (answer.location !== '') answer = await browser.get(answer.location);
    else {
      const [, action = ''] = /action="([^"]+)"/.exec(answer.text) ?? [];
      const [, prompt = ''] = /name="prompt" value="(\w+)"/.exec(answer.text) ?? [];
      if (prompt === '') throw new Error(`the provider shows no form: ${answer.status} ${answer.text.slice(0, 300)}`);
      const fields: Record<string, string> = prompt === 'login' ? { prompt, login, password: 'any' } : { prompt };
      answer = await browser.post(action, fields);
    }
  }
  throw new Error('the provider does not send the browser back');
}

export const atProvider = (issuer: string): WebClient => webClient(issuer);
