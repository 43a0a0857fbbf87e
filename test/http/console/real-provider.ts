import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { type WebClient, webClient } from '../../support/web-client.js';

const FOLDER = 'test/oidc-provider';

/** Skips with a message where the provider is not installed; with CI set that is a failure. */
export function describeProvider(name: string, body: () => void): void {
  if (!existsSync(join(FOLDER, 'node_modules')) && process.env['CI'] === undefined) {
    process.stderr.write(`SKIPPED: no OpenID provider (npm run openid installs one): ${name}\n`);
    describe.skip(name, body);
    return;
  }
  describe(name, body);
}

interface ProviderOptions {
  clientId: string;
  clientSecret: string;
  redirectUrls: string[];
  /** Claims by the name that a person types. */
  accounts: Record<string, object>;
}

/** The provider of test/oidc-provider, in a process of its own. Starts at a port that was chosen before. */
export async function startProvider(port: number, options: ProviderOptions): Promise<{ stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['provider.mjs', String(port), JSON.stringify(options)], {
    cwd: FOLDER,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => line === 'ready' && resolve());
    void ended.then(() => reject(new Error('the OpenID provider did not start')));
  });
  return {
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
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
