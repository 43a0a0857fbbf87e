import { expect, it } from '@jest/globals';
import type { CommandContext, Directory } from '../../src/commands/open-directory.js';
import { connectionCommand } from '../../src/commands/connection-command.js';
import type { SecretKeeping } from '../../src/ports/access/connection-repository.js';
import { connectionOf } from '../contracts/connection-repository.contract.js';

/** Runs `punchout connection …`; returns the calls of the directory and the output. */
async function run(
  ...words: string[]
): Promise<{ added: [secret: string, keep: SecretKeeping | undefined][]; printed: string[] }> {
  const added: [string, SecretKeeping | undefined][] = [];
  const printed: string[] = [];
  const connections: Partial<Directory['connections']> = {
    find: (tenantId, connectionId) => Promise.resolve(connectionOf(tenantId, connectionId)),
    entry: (tenantId, connectionId) =>
      Promise.resolve({ ...connectionOf(tenantId, connectionId), given: {}, version: 1, createdAt: new Date() }),
    credentials: () => Promise.resolve([]),
    secrets: () => Promise.resolve([]),
    nextVersion: () => Promise.resolve(2),
    save: () => Promise.resolve(),
    addCredential: () => Promise.resolve(),
    addSecret: (_tenant, _connection, secret, keep) => Promise.resolve(void added.push([secret, keep])),
  };
  const tenants: Pick<Directory['tenants'], 'find'> = {
    find: (tenantId) => Promise.resolve({ tenantId, name: tenantId, settings: { frontendOrigins: [] } }),
  };
  const context: CommandContext = {
    directory: (act) => act({ tenants, connections, audit: { note: () => Promise.resolve() } } as unknown as Directory),
    print: (line) => void printed.push(line),
    readText: () => Promise.resolve('abracadabra\n'),
  };
  await connectionCommand(context).parseAsync(words, { from: 'user' });
  return { added, printed };
}

const ADD = [
  'add',
  'acme',
  'erp',
  '--name',
  'ERP',
  '--protocol',
  'cxml',
  '--return-origin',
  'https://erp.example.com',
  '--credential',
  'NetworkId:AN1',
];

it('T29: a secret is stored in recoverable form only with --mac', async () => {
  expect((await run(...ADD, '--secret-file', 'f')).added).toEqual([['abracadabra', 'hashed']]);
  expect((await run(...ADD, '--secret-file', 'f', '--mac')).added).toEqual([['abracadabra', 'recoverable']]);
  expect((await run('secret', 'acme', 'erp', '--secret-file', 'f')).added).toEqual([['abracadabra', 'hashed']]);
  const made = await run('secret', 'acme', 'erp', '--mac');
  expect(made.added).toEqual([[expect.stringMatching(/^[\w-]{43}$/), 'recoverable']]);
  expect(made.printed.join()).toContain(made.added[0]?.[0]);
});
