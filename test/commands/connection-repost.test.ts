import { expect, it } from '@jest/globals';
import type { CommandContext, Directory } from '../../src/commands/open-directory.js';
import { connectionCommand } from '../../src/commands/connection-command.js';
import type { Connection } from '../../src/domain/access/connection.js';
import type { ConnectionEntry, SecretKeeping } from '../../src/ports/access/connection-repository.js';

interface Ran {
  saved: Connection[];
  keys: [key: string, keep: SecretKeeping | undefined][];
  printed: string[];
}

/** Rows that a refused command has written. */
const WRITTEN: Ran[] = [];

/** Runs `punchout connection …` on a directory with `known`. */
async function run(
  words: string[],
  { known, settings = '{}', taken = false }: { known?: Connection; settings?: string; taken?: boolean } = {},
): Promise<Ran> {
  const ran: Ran = { saved: [], keys: [], printed: [] };
  WRITTEN.push(ran);
  const directory = {
    tenants: {
      find: (tenantId: string) => Promise.resolve({ tenantId, name: tenantId, settings: { frontendOrigins: [] } }),
      entry: (tenantId: string) => Promise.resolve({ tenantId, version: 1 }),
    },
    audit: { note: () => Promise.resolve() },
    connections: {
      find: () => Promise.resolve(known),
      entry: () => Promise.resolve(entryOf(ran.saved.at(-1) ?? known)),
      credentials: () => Promise.resolve([]),
      nextVersion: () => Promise.resolve(2),
      save: (connection: Connection) => Promise.resolve(void ran.saved.push(connection)),
    },
    middlewareKeys: {
      add: (_tenant: string, _connection: string, key: string, keep?: SecretKeeping) => {
        if (!taken) ran.keys.push([key, keep]);
        return Promise.resolve(!taken);
      },
      list: () => Promise.resolve([]),
    },
  } as unknown as Directory;
  const context: CommandContext = {
    directory: (act) => act(directory),
    print: (line) => void ran.printed.push(line),
    readText: (path) =>
      Promise.resolve(
        path === 'key' ? 'site-api-key-abc\n' : path === 'short' ? 'short' : path === 'empty' ? ' \n' : settings,
      ),
  };
  await connectionCommand(context).parseAsync(words, { from: 'user' });
  return ran;
}

function entryOf(connection: Connection | undefined): ConnectionEntry | undefined {
  return connection && { ...connection, given: connection.settings, version: 1, createdAt: new Date() };
}

const ADD = [
  'add',
  'acme',
  'rocket',
  '--name',
  'Rocket',
  '--protocol',
  'repost',
  '--return-origin',
  'https://middleware.example.com',
  '--template-user',
  'buyer123',
  'buyer456',
];

it('custom store integration: a new connection gets a key, shown once, and its template users', async () => {
  const { saved, keys, printed } = await run(ADD);
  expect(saved[0]).toMatchObject({
    protocol: 'repost',
    settings: {
      returnOrigins: ['https://middleware.example.com'],
      repost: {
        templateUsers: ['buyer123', 'buyer456'],
        roleCeiling: 'buyer',
        endCustomers: [],
        sendApiKey: false,
        codesInProductId: true,
      },
    },
  });
  expect(keys).toEqual([[expect.stringMatching(/^[\w-]{43}$/), 'hashed']]);
  expect(printed.at(-1)).toBe(`Its api_key, shown only now: ${keys[0]?.[0]}`);
});

it('changed settings create no new key; another key is added, generated or as given by the middleware', async () => {
  const {
    saved: [known],
  } = await run(ADD);
  if (known === undefined) throw new Error('not saved');
  expect((await run(ADD, { known })).keys).toEqual([]);
  expect((await run([...ADD, '--secret-file', 'key'], { known })).keys).toEqual([['site-api-key-abc', 'hashed']]);
  expect((await run(['secret', 'acme', 'rocket', '--secret-file', 'key'], { known })).keys).toEqual([
    ['site-api-key-abc', 'hashed'],
  ]);
});

it('architecture.md decision 14: a sealed copy is stored only if the key is sent with carts', async () => {
  const { saved, keys } = await run([...ADD, '--settings', 's', '--secret-file', 'key'], {
    settings: '{"repost":{"sendApiKey":true,"endCustomers":[2]}}',
  });
  expect(saved[0]?.settings.repost).toMatchObject({
    sendApiKey: true,
    endCustomers: [2],
    templateUsers: ['buyer123', 'buyer456'],
  });
  expect(keys).toEqual([['site-api-key-abc', 'recoverable']]);
});

it('refuses a short key, one that another tenant has, and credentials', async () => {
  await expect(run(ADD, { taken: true })).rejects.toThrow('in use');
  await expect(run([...ADD, '--secret-file', 'short'])).rejects.toThrow('16 characters');
  await expect(run([...ADD, '--credential', 'x'])).rejects.toThrow('--credential');
  await expect(run([...ADD, '--secret-file', 'empty'])).rejects.toThrow('empty');
  expect(WRITTEN.slice(-3).map(({ saved, keys }) => [...saved, ...keys])).toEqual([[], [], []]);
});
