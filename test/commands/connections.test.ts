import { expect, it } from '@jest/globals';
import { Command } from 'commander';
import { connectionCommand } from '../../src/commands/connection-command.js';
import { type CommandContext, withDirectory } from '../../src/commands/open-directory.js';
import { sessionsCommand } from '../../src/commands/sessions-command.js';
import { tenantCommand } from '../../src/commands/tenant-command.js';
import { describeOnServer } from '../contracts/databases.js';
import { openTransmission } from '../contracts/transmissions.js';
import { createServerDatabase } from '../support/server-database.js';

describeOnServer('punchout connection and sessions, on the use cases of the admin API', () => {
  it('a whole life: added, repeated, given a secret, disabled, shown, listed, removed', async () => {
    const server = await createServerDatabase();
    const database = { url: server.url };
    const files: Record<string, string> = { settings: '{"cxml":{"encoding":"base64"}}' };
    const run = async (...words: string[]): Promise<string[]> => {
      const lines: string[] = [];
      const context: CommandContext = {
        directory: (act, work) => withDirectory({ database }, act, work),
        print: (line) => void lines.push(line),
        readText: async (path) => files[path] ?? '',
      };
      await new Command()
        .addCommand(tenantCommand(context))
        .addCommand(connectionCommand(context))
        .addCommand(sessionsCommand(context))
        .parseAsync(words, { from: 'user' });
      return lines;
    };
    try {
      for (const name of [' ', 'x'.repeat(201)])
        await expect(run('tenant', 'add', 'acme', '--name', name)).rejects.toThrow('A name has 1 to 200 characters.');
      await run('tenant', 'add', 'acme', '--name', 'Acme');
      expect(await run('connection', 'list', 'acme')).toEqual([
        'acme has no connection yet. Next: punchout connection add acme <id> --help',
      ]);
      await expect(run('connection', 'list', 'amce')).rejects.toThrow('There is no tenant amce; did you mean acme?');
      const ADD = ['connection', 'add', 'acme', 'erp-one', '--credential', 'DUNS:1'];
      await expect(run(...ADD)).rejects.toThrow('--protocol');
      const added = await run(...ADD, '--name', 'E', '--protocol', 'cxml', '--return-origin', 'https://e.example.com');
      expect(added.at(-1)).toMatch(/^Its secret, shown only now: [\w-]{43}$/);

      const before = JSON.parse((await run('connection', 'show', 'acme', 'erp-one', '--json')).join('\n'));
      expect(await run(...ADD, '--settings', 'settings')).toEqual(['Connection acme/erp-one is in place.']);
      const after = JSON.parse((await run('connection', 'show', 'acme', 'erp-one', '--json')).join('\n'));
      expect(after).toMatchObject({
        name: 'E',
        given: { returnOrigins: ['https://e.example.com'], cxml: { encoding: 'base64' } },
        secrets: before.secrets,
        credentials: before.credentials,
      });
      await expect(run(...ADD, '--supplier', 'DUNS')).rejects.toThrow('"DUNS" is no cXML credential');
      await run(...ADD, '--supplier', 'DUNS:123456789');
      const supplier = { domain: 'DUNS', identity: '123456789' };
      expect(JSON.parse((await run('connection', 'show', 'acme', 'erp-one', '--json')).join('\n'))).toMatchObject({
        given: { cxml: { encoding: 'base64', supplier, to: [supplier] } },
      });
      await expect(run('connection', 'show', 'acme', 'erp-noe')).rejects.toThrow('did you mean erp-one?');
      await expect(run(...ADD, '--protocol', 'oci')).rejects.toThrow('acme/erp-one speaks cxml');

      await run('connection', 'secret', 'acme', 'erp-one');
      const secrets = await run('connection', 'secret', 'list', 'acme', 'erp-one');
      expect([secrets[0], secrets.length]).toEqual([expect.stringMatching(/^SECRET +ADDED +AGE +KEPT$/), 3]);
      await run('connection', 'secret', 'revoke', 'acme', 'erp-one', before.secrets[0].secretId);
      expect(await run('connection', 'secret', 'list', 'acme', 'erp-one')).toHaveLength(2);

      await run('connection', 'credential', 'add', 'acme', 'erp-one', 'NetworkId:AN2');
      await run('connection', 'credential', 'remove', 'acme', 'erp-one', 'duns:1');
      expect(await run('connection', 'credential', 'list', 'acme', 'erp-one')).toEqual([
        expect.stringMatching(/^CREDENTIAL +ADDED$/),
        expect.stringMatching(/^NetworkId:AN2 +\d{4}/),
      ]);

      await run('connection', 'disable', 'acme', 'erp-one');
      expect(await run('connection', 'list', 'acme')).toEqual([
        expect.stringMatching(/^CONNECTION +PROTOCOL +STATE +SECRETS +NAME$/),
        expect.stringMatching(/^erp-one +cxml +disabled +0 min +E$/),
      ]);
      await run('connection', 'enable', 'acme', 'erp-one');

      expect(await run('sessions', 'list', 'acme')).toEqual(['acme has no such session yet.']);
      const session = await withDirectory({ database }, ({ transmissions }) =>
        openTransmission(transmissions, { tenantId: 'acme', connectionId: 'erp-one', buyerCookie: 'cookie-7' }),
      );
      const [heads, line] = await run('sessions', 'list', 'acme', 'cookie-7');
      expect([heads, line]).toEqual([
        expect.stringMatching(/^SESSION +CALLED UP +STATUS +CONNECTION +CART +BUYER$/),
        expect.stringContaining(session.transmissionId),
      ]);
      expect((await run('sessions', 'show', 'acme', session.transmissionId)).join('\n')).toContain('erp-one');
      await expect(run('connection', 'remove', 'acme', 'erp-one')).rejects.toThrow('1 live session');
      await withDirectory({ database }, ({ transmissions }) => transmissions.end(session, 'cancelled', 'test'));
      expect(await run('connection', 'remove', 'acme', 'erp-one')).toEqual(['Connection acme/erp-one is removed.']);
    } finally {
      await server.drop();
    }
  }, 120_000);
});
