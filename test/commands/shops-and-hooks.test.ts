import { expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { jobQueue } from '../../src/adapters/postgres/job-queue.js';
import { connectShops } from '../../src/adapters/postgres/orders/connect-shops.js';
import { hookRepository } from '../../src/adapters/postgres/orders/hook-repository.js';
import { connectionRepository, tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { auditLog } from '../../src/adapters/postgres/history/audit-chain.js';
import { hashSecret } from '../../src/adapters/secrets/scrypt-secret-verifier.js';
import { secretBox } from '../../src/adapters/secrets/secret-box.js';
import type { CommandContext, Directory } from '../../src/commands/open-directory.js';
import { hooksCommand, jobsCommand } from '../../src/commands/subscription-commands.js';
import { shopsCommand } from '../../src/commands/shops-command.js';
import { tenantCommand } from '../../src/commands/tenant-command.js';
import { webhookSecret } from '../../src/protocols/hmac/webhook-signature.js';
import { connectionOf } from '../contracts/connection-repository.contract.js';
import { describeOnDatabases } from '../contracts/databases.js';

const STEPS = { open: ['shipped'], in_process: [], shipped: ['delivered'], delivered: [], canceled: [], error: [] };

describeOnDatabases('punchout shops, punchout hooks, punchout jobs', (database) => {
  it('jobs that are not done, and one that was given up is tried again', async () => {
    const [tenants, jobs, audit] = [tenantRepository(database()), jobQueue(database()), auditLog(database())];
    await tenants.save({ tenantId: 'busy', name: 'Busy', settings: { frontendOrigins: [] } });
    const lines: string[] = [];
    const run = async (...argv: string[]): Promise<string> => {
      lines.length = 0;
      await jobsCommand({
        directory: (act) => act({ tenants, jobs, audit } as unknown as Directory),
        print: (line) => void lines.push(line),
        readText: async () => '',
      })
        .exitOverride()
        .parseAsync(argv, { from: 'user' });
      return lines.join('\n');
    };
    expect(await run('list', 'busy')).toBe('Every job is done.');
    await jobs.add({ tenantId: 'busy', kind: 'clear-cart', input: {} }, 0);
    await database().knex.raw(
      `update job set due_at = 'infinity', given_up_at = now(), last_error = 'the shop is closed'`,
    );
    expect(await run('list', 'busy')).toMatch(/clear-cart +0 +given up +the shop is closed/);
    const [given] = await jobs.waiting('busy', { limit: 1 });
    expect(await run('retry', 'busy', given?.jobId ?? '')).toMatch(/is tried again now/);
    expect(await jobs.take(9, 60)).toMatchObject([{ kind: 'clear-cart' }]);
    await expect(run('retry', 'busy', '999')).rejects.toThrow('No waiting job has the id 999');
    await expect(run('list', 'nobody')).rejects.toThrow('nobody');
  });

  it('a shop, its keys, a paused hook that is resumed, the steps of orders', async () => {
    const box = secretBox(['a-secret-of-thirty-two-characters']);
    const shops = connectShops(database(), box);
    const connections = connectionRepository(database(), hashSecret, box);
    const audit = auditLog(database());
    const hooks = hookRepository(database());
    const tenants = tenantRepository(database());
    const lines: string[] = [];
    const texts: Record<string, string> = {
      'key.txt': 'chosen-key\n',
      'steps.json': JSON.stringify({ orderSteps: STEPS }),
      'strange.json': JSON.stringify({ orderSteps: { ...STEPS, open: ['sent'] } }),
    };
    const context: CommandContext = {
      directory: (act) => act({ tenants, connectShops: shops, connections, hooks, audit } as unknown as Directory),
      print: (line) => void lines.push(line),
      readText: async (path) => texts[path] ?? '',
    };
    const run = async (make: (context: CommandContext) => Command, ...argv: string[]): Promise<string> => {
      lines.length = 0;
      await make(context)
        .exitOverride()
        .configureOutput({ writeErr: () => undefined })
        .parseAsync(argv, { from: 'user' });
      return lines.join('\n');
    };

    await run(tenantCommand, 'add', 'acme', '--name', 'Acme', '--settings', 'steps.json');
    expect((await tenants.find('acme'))?.settings.orderSteps).toEqual(STEPS);
    await expect(run(tenantCommand, 'add', 'acme', '--name', 'Acme', '--settings', 'strange.json')).rejects.toThrow(
      'orderSteps.open',
    );

    const added = await run(shopsCommand, 'add', 'acme', '20', '--name', 'Acme Tools', '--role', 'supplier');
    const [, first = '', key = ''] = /^Shop 20 is in place\.\nKey (\S+), shown only now: (\S+)\n/.exec(added) ?? [];
    expect(added).toContain(webhookSecret(key));
    expect((await shops.findSigner(20))?.keys).toEqual([key]);
    expect(await run(shopsCommand, 'add', 'acme', '20', '--name', 'Renamed', '--role', 'supplier')).toBe(
      'Shop 20 is in place.',
    );
    expect(await run(shopsCommand, 'rotate', 'acme', '20', '--key-file', 'key.txt')).not.toContain('chosen-key');
    expect((await shops.findSigner(20))?.keys).toEqual([key, 'chosen-key']);
    const listed = await run(shopsCommand, 'list', 'acme');
    expect(listed).toMatch(/^SHOP +ROLE +CONNECTION +HOOK KEY +X-PUNCHOUT-SIGNATURE +KEYS +NAME\n/);
    expect(listed).toMatch(new RegExp(`\\n20 +supplier +- +own +optional +${first} of .* until .* Renamed$`));
    expect(listed).not.toContain(key);
    await run(shopsCommand, 'revoke', 'acme', '20', first);
    expect((await shops.findSigner(20))?.keys).toEqual(['chosen-key']);
    // Signing: new shops get the safer mode; an existing shop keeps its mode until it is changed.
    const signing = async (): Promise<unknown> => (await shops.findSigner(20))?.signing;
    expect(await signing()).toEqual({ deliveryKey: 'own', requestSignature: 'optional' });
    await run(
      shopsCommand,
      'add',
      'acme',
      '20',
      '--name',
      'Acme Tools',
      '--role',
      'supplier',
      '--delivery-key',
      'shared',
      '--request-signature',
      'required',
    );
    await run(shopsCommand, 'add', 'acme', '20', '--name', 'Renamed', '--role', 'supplier');
    expect(await signing()).toEqual({ deliveryKey: 'shared', requestSignature: 'required' });
    expect(await run(shopsCommand, 'list', 'acme')).toMatch(
      /\n20 +supplier +- +shared +required .*\nHOOK KEY shared: hooks are signed with the shop's key/,
    );
    expect(JSON.parse(await run(shopsCommand, 'list', 'acme', '--json'))).toMatchObject([
      { shopId: 20, signing: { deliveryKey: 'shared', requestSignature: 'required' } },
    ]);
    await run(
      shopsCommand,
      'add',
      'acme',
      '20',
      '--name',
      'Renamed',
      '--role',
      'supplier',
      '--request-signature',
      'optional',
    );
    expect(await signing()).toEqual({ deliveryKey: 'shared', requestSignature: 'optional' });
    await connections.save(connectionOf('acme', 'erp'));
    await run(shopsCommand, 'add', 'acme', '21', '--name', 'Buyer', '--role', 'merchant', '--connection', 'erp');
    expect(await shops.merchantOf('acme', 'erp')).toMatchObject({ shopId: 21 });
    for (const argv of [
      ['add', 'acme', '0', '--name', 'x', '--role', 'supplier'],
      ['add', 'nobody', '5', '--name', 'x', '--role', 'supplier'],
      ['add', 'acme', '5', '--name', 'x', '--role', 'supplier', '--connection', 'erp'],
      ['add', 'acme', '5', '--name', 'x', '--role', 'merchant', '--connection', 'erp'],
      ['revoke', 'acme', '20', 'none'],
      ['rotate', 'acme', '99'],
    ]) {
      await expect(run(shopsCommand, ...argv)).rejects.toThrow();
    }

    expect(await run(hooksCommand, 'list', 'acme')).toBe(
      'acme has no hook yet. A shop registers one with POST /sdk/hooks.',
    );
    await hooks.add('acme', 20, 'https://erp.example.com/hook', ['order_created'], 20);
    await database()
      .knex('connect_hook')
      .update({ paused_at: new Date(), last_error: 'GET was answered with status 500' });
    expect(await run(hooksCommand, 'list', 'acme')).toMatch(
      /^SHOP +STATE +DELIVERED +URL +EVENTS +LAST ERROR\n20 +PAUSED +0 of 0 +https:\/\/erp\.example\.com\/hook +order_created +GET was answered with status 500$/,
    );
    expect(await run(hooksCommand, 'resume', 'acme', '20', 'https://erp.example.com/hook')).toContain('active');
    expect(await run(hooksCommand, 'pause', 'acme', '20', 'https://erp.example.com/hook')).toContain('PAUSED');
    expect(await run(hooksCommand, 'replay', 'acme', '20', 'https://erp.example.com/hook', '1')).toContain('active');
    const noted = await database().knex('audit').whereLike('event', 'hook-%').orderBy('audit_id');
    expect(noted.map(({ event, actor }) => [event, actor])).toEqual(
      ['hook-resumed', 'hook-paused', 'hook-replayed'].map((event) => [event, 'command line']),
    );
    for (const word of ['pause', 'resume'])
      await expect(run(hooksCommand, word, 'acme', '20', 'https://erp.exmaple.com/hook')).rejects.toThrow(
        'Shop 20 has no hook https://erp.exmaple.com/hook; did you mean https://erp.example.com/hook?',
      );
    await expect(run(hooksCommand, 'pause', 'acne', '20', 'https://erp.example.com/hook')).rejects.toThrow(
      'There is no tenant acne; did you mean acme?',
    );
    for (const argv of [
      ['resume', 'acme', '20', 'https://nobody.example.com/'],
      ['replay', 'acme', '20', 'https://erp.example.com/hook', '0'],
      ['replay', 'acme', '20', 'https://erp.example.com/hook', '1; drop'],
    ])
      await expect(run(hooksCommand, ...argv)).rejects.toThrow();
  });
});
