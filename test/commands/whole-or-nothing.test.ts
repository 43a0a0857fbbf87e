import { rm } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { clientsCommand } from '../../src/commands/clients-command.js';
import { type CommandContext, type Directory, withDirectory } from '../../src/commands/open-directory.js';
import { connectionCommand } from '../../src/commands/connection-command.js';
import { shopsCommand } from '../../src/commands/shops-command.js';
import { tenantCommand } from '../../src/commands/tenant-command.js';
import { describeOnServer } from '../contracts/databases.js';
import { createMigratedDatabase } from '../support/server-database.js';
import { freshData } from '../support/fresh-data.js';

type DatabaseSettings = Parameters<typeof withDirectory>[0]['database'];

/** Each `add` writes in several steps; the last step fails. */
const ADDS: [string, string[], (directory: Directory) => Directory, (directory: Directory) => Promise<unknown[]>][] = [
  [
    'a middleware connection',
    [
      'connection',
      'add',
      'acme',
      'rocket',
      '--name',
      'R',
      '--protocol',
      'repost',
      '--return-origin',
      'https://m.example.com',
      '--template-user',
      'u',
    ],
    (directory) => ({ ...directory, middlewareKeys: { ...directory.middlewareKeys, add: failing } }),
    ({ connections }) => connections.list('acme'),
  ],
  [
    'a cXML connection',
    [
      'connection',
      'add',
      'acme',
      'erp',
      '--name',
      'E',
      '--protocol',
      'cxml',
      '--return-origin',
      'https://e.example.com',
      '--credential',
      'DUNS:1',
    ],
    (directory) => ({ ...directory, connections: { ...directory.connections, addSecret: failing } }),
    ({ connections }) => connections.list('acme'),
  ],
  [
    'an OCI connection',
    [
      'connection',
      'add',
      'acme',
      'sap',
      '--name',
      'S',
      '--protocol',
      'oci',
      '--return-origin',
      'https://s.example.com',
      '--credential',
      'user',
    ],
    (directory) => ({ ...directory, connections: { ...directory.connections, addCredential: failing } }),
    ({ connections }) => connections.list('acme'),
  ],
  [
    'a shop',
    ['shops', 'add', 'acme', '20', '--name', 'S', '--role', 'supplier'],
    (directory) => ({ ...directory, connectShops: { ...directory.connectShops, addKey: failing } }),
    ({ connectShops }) => connectShops.list('acme'),
  ],
  [
    'a client',
    ['clients', 'create', 'acme', 'crm', '--name', 'C'],
    (directory) => ({ ...directory, oauthClients: { ...directory.oauthClients, addSecret: failing } }),
    ({ oauthClients }) => oauthClients.list('acme'),
  ],
];

function failing(): Promise<never> {
  return Promise.reject(new Error('the process was killed'));
}

async function punchout(
  database: DatabaseSettings,
  words: string[],
  spoil: (directory: Directory) => Directory = (directory) => directory,
): Promise<void> {
  const context: CommandContext = {
    directory: (act, work) => withDirectory({ database }, (directory) => act(spoil(directory)), work),
    print: () => undefined,
    readText: async () => '',
  };
  await new Command()
    .addCommand(tenantCommand(context))
    .addCommand(connectionCommand(context))
    .addCommand(shopsCommand(context))
    .addCommand(clientsCommand(context))
    .parseAsync(words, { from: 'user' });
}

async function interrupted(database: DatabaseSettings, adds: typeof ADDS): Promise<void> {
  await punchout(database, ['tenant', 'add', 'acme', '--name', 'Acme']);
  for (const [what, words, spoil, left] of adds) {
    await expect(punchout(database, words, spoil)).rejects.toThrow('the process was killed');
    expect([what, await withDirectory({ database }, left)]).toEqual([what, []]);
  }
}

async function refusedThenDone(database: DatabaseSettings): Promise<void> {
  const taken = (directory: Directory): Directory => ({
    ...directory,
    middlewareKeys: { ...directory.middlewareKeys, add: async () => false },
  });
  await expect(punchout(database, ADDS[0]?.[1] ?? [], taken)).rejects.toThrow('in use');
  expect(await withDirectory({ database }, ({ connections }) => connections.list('acme'))).toEqual([]);
  for (const [what, words, , left] of ADDS) {
    await punchout(database, words);
    expect([what, (await withDirectory({ database }, left)).length]).not.toEqual([what, 0]);
  }
}

describe('a command that adds something is atomic, embedded', () => {
  it('stores nothing when it is interrupted', async () => {
    const directory = await freshData();
    // Each command opens the database again, which takes a second here, so one kind of command is enough.
    await interrupted({ directory }, ADDS.slice(0, 1));
    await rm(directory, { recursive: true, force: true });
  }, 120_000);
});

describeOnServer('a command that adds something adds all of it or nothing, server', () => {
  it('stores nothing when it is interrupted', async () => {
    const server = await createMigratedDatabase();
    await interrupted({ url: server.url }, ADDS);
    await refusedThenDone({ url: server.url });
    await server.drop();
  }, 120_000);
});
