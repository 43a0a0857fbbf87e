import { expect, it } from '@jest/globals';
import { operatorRepository, signInRepository } from '../../src/adapters/postgres/access/operator-repository.js';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { auditLog } from '../../src/adapters/postgres/history/audit-chain.js';
import { fitsHash, hashSecret } from '../../src/adapters/secrets/scrypt-secret-verifier.js';
import type { CommandContext, Directory } from '../../src/commands/open-directory.js';
import { operatorCommand } from '../../src/commands/operator-command.js';
import { describeOnDatabases } from '../contracts/databases.js';

describeOnDatabases('punchout operator', (database) => {
  const TENANT = 'staffed';
  const EMAIL = 'Olga@Example.com';

  async function run(argv: string[], given = ''): Promise<string[]> {
    const directory = {
      tenants: tenantRepository(database()),
      operators: operatorRepository(database(), hashSecret),
      audit: auditLog(database()),
    } as Directory;
    await directory.tenants.save({ tenantId: TENANT, name: TENANT, settings: { frontendOrigins: [] } });
    const lines: string[] = [];
    const context: CommandContext = {
      directory: (act) => act(directory),
      print: (line) => void lines.push(line),
      readText: () => Promise.resolve(given),
    };
    await operatorCommand(context)
      .exitOverride()
      .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
      .parseAsync(argv, { from: 'user' });
    return lines;
  }

  const found = async () => operatorRepository(database(), hashSecret).findByEmail(EMAIL);

  it('adds an operator with a password that is shown once and stored as a hash', async () => {
    const [made = ''] = await run(['add', TENANT, EMAIL, '--name', 'Olga', '--role', 'owner']);
    const password = /shown only now: (\S+)$/.exec(made)?.[1] ?? '';
    const stored = await found();
    expect(password.length).toBeGreaterThanOrEqual(12);
    expect(await fitsHash(password, stored?.passwordHashes[0] ?? '')).toBe(true);
    expect(stored?.operator).toMatchObject({ tenantId: TENANT, name: 'Olga', role: 'owner', demo: false });
    const [heads, line = ''] = await run(['list', TENANT]);
    expect(heads).toMatch(/^EMAIL +ROLE +STATE +NAME$/);
    expect(line).toMatch(/^Olga@Example\.com\s+owner\s+active\s+Olga$/);
    expect(line).not.toContain(password);
  });

  it('a new password, and disabling, end the sign-ins and are audited', async () => {
    const { operator } = (await found()) ?? {};
    if (operator === undefined) throw new Error('there is no operator');
    const signIns = signInRepository(database());
    const open = async (digest: string): Promise<boolean> => (await signIns.use(digest)) !== undefined;
    await signIns.open('one', operator, { address: '::1', browser: '' });
    expect(await open('one')).toBe(true);
    expect(await run(['password', TENANT, 'olga@example.com', '--password-file', '-'], 'a-given-password\n')).toEqual([
      'Operator olga@example.com has a new password',
    ]);
    expect(await open('one')).toBe(false);
    expect(await fitsHash('a-given-password', (await found())?.passwordHashes[0] ?? '')).toBe(true);
    await signIns.open('two', operator, { address: '::1', browser: '' });
    await run(['add', TENANT, 'second@example.com', '--name', 'Second', '--role', 'owner']);
    expect(await run(['disable', TENANT, EMAIL])).toEqual([`Operator ${EMAIL} is disabled.`]);
    expect(await open('two')).toBe(false);
    expect(await run(['disable', TENANT, EMAIL, '--undo'])).toEqual([`Operator ${EMAIL} is active.`]);
    expect(await open('two')).toBe(false);
    const rows = await database().query<{ event: string; actor: string }>(
      { name: 'test-operator-audit', text: `select event, actor from audit where tenant_id = $1 order by audit_id` },
      [TENANT],
    );
    expect(rows.map(({ event, actor }) => `${event} ${actor}`)).toEqual([
      'operator_added cli',
      'operator_password_changed cli',
      'operator_added cli',
      'operator_disabled cli',
      'operator_enabled cli',
    ]);
  });

  it('an operator without a password can be added, for a sign-in at the OpenID provider', async () => {
    const argv = ['add', TENANT, 'otto@example.com', '--name', 'Otto', '--no-password'];
    expect(await run(argv)).toEqual([`Operator otto@example.com (viewer) of tenant ${TENANT}, without a password`]);
    const { passwordHashes } = (await operatorRepository(database(), hashSecret).findByEmail('otto@example.com')) ?? {};
    expect(passwordHashes).toEqual([]);
  });

  it.each([
    [['add', 'nowhere', 'a@b.test', '--name', 'A'], 'There is no tenant nowhere'],
    [['add', TENANT, 'olga@example.COM', '--name', 'A'], 'There is an operator with this e-mail'],
    [['add', TENANT, 'no-address', '--name', 'A'], 'This is no e-mail address'],
    [['add', TENANT, 'a@b.test', '--name', ' '], 'A name has 1 to 100 characters'],
    [['add', TENANT, 'a@b.test', '--name', 'A', '--role', 'king'], '--role: viewer, engineer, owner'],
    [['add', TENANT, 'a@b.test', '--name', 'A', '--password-file', '-'], 'A password has 12 characters or more'],
    [['disable', 'other', EMAIL], 'There is no operator'],
    [['password', TENANT, 'nobody@example.com'], 'There is no operator'],
  ])('%j: %s', async (argv, fault) => {
    await expect(run(argv, 'short')).rejects.toThrow(fault);
  });

  it('the last owner stays', async () => {
    await run(['disable', TENANT, 'second@example.com']);
    await expect(run(['disable', TENANT, EMAIL])).rejects.toThrow('The last owner keeps the role');
  });
});
