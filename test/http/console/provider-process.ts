import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const FOLDER = 'test/oidc-provider';

/** Without it the tests with a provider are left out, with this message; with CI set that is a failure. */
export function isProviderMissing(name: string): boolean {
  if (existsSync(join(FOLDER, 'node_modules')) || process.env['CI'] !== undefined) return false;
  process.stderr.write(`SKIPPED: no OpenID provider (npm run openid installs one): ${name}\n`);
  return true;
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
