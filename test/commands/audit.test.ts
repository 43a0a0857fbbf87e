import { expect, it } from '@jest/globals';
import { auditChain } from '../../src/adapters/postgres/history/audit-chain.js';
import { personalData } from '../../src/adapters/postgres/history/personal-data.js';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { auditCommand } from '../../src/commands/record-commands.js';
import type { Directory } from '../../src/commands/open-directory.js';
import { describeOnDatabases } from '../contracts/databases.js';

describeOnDatabases('punchout audit verify (T64)', (database) => {
  it('confirms unchanged rows, names a changed one, and compares with the log', async () => {
    const { knex } = database();
    const tenants = tenantRepository(database());
    const chain = auditChain(database());
    await tenants.save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
    const lines: string[] = [];
    const run = async (...argv: string[]): Promise<string> => {
      lines.length = 0;
      const command = auditCommand({
        directory: (act) => act({ tenants, auditChain: chain } as unknown as Directory),
        print: (line) => void lines.push(line),
        readText: async () => '',
      });
      await command.exitOverride().parseAsync(['verify', ...argv], { from: 'user' });
      return lines.join('\n');
    };
    expect(await run('acme')).toBe('No row is linked yet.');
    await knex.raw(
      `insert into audit (tenant_id, transmission_id, event, actor, at) select 'acme', 'acme_' || n, 'login', ` +
        `'browser', now() - interval '1 hour' from generate_series(1, 5) n`,
    );
    expect(await run('acme')).toBe(
      'No row is linked yet. 5 later rows are not linked yet: the worker links them after a minute.',
    );
    const head = await chain.link(100);
    const anchor = `${head?.auditId}:${head?.hash}`;
    expect(await run('acme', '--anchor', anchor)).toBe(
      `5 rows from ${Number(head?.auditId) - 4} on are unchanged. Their anchor is ${anchor}.`,
    );

    // T63: an erased person is in no audit row, and the chain is still valid.
    await personalData(database()).erase('acme', 'canary@buyer.example');
    await personalData(database()).deleteOldAudit(100);
    expect(await run('acme', '--anchor', anchor)).toContain('5 rows');

    await expect(run('acme', '--anchor', `${head?.auditId}:${'0'.repeat(64)}`)).rejects.toThrow(
      `Row ${head?.auditId} or an earlier one has changed since the anchor.`,
    );
    await expect(run('acme', '--anchor', `999999:${'0'.repeat(64)}`)).rejects.toThrow(
      'Row 999999 of the anchor is missing.',
    );
    await expect(run('acme', '--anchor', 'x')).rejects.toThrow('"x" is no anchor: write <number>:<hash>');
    await expect(run('nobody')).rejects.toThrow('There is no tenant nobody.');

    await knex.raw(`update audit set actor = 'Browser' where tenant_id = 'acme' and transmission_id = 'acme_3'`);
    await expect(run('acme')).rejects.toThrow('The audit trail was changed.');
    expect(lines).toEqual([`Row ${Number(head?.auditId) - 2} (session acme_3) is changed.`]);
  });
});
