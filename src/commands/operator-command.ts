import { Command } from 'commander';
import { OPERATOR_ROLES, isOperatorRole } from '../domain/access/operator-roles.js';
import type { Operator } from '../domain/access/operator.js';
import { newSecret } from '../domain/digest.js';
import { operatorChanges } from '../usecases/access/manage-operators.js';
import { assertTenant, atOnce, valueOf } from './at-once.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, printList } from './print-list.js';

const ACTOR = 'cli';
const NO_PASSWORD = { password: undefined, told: ', without a password' };

export function operatorCommand(context: CommandContext): Command {
  const { directory, print, readText } = context;
  const changes = operatorChanges({ atomically: atOnce(context) });
  const command = new Command('operator').description('people who sign in to the console of a tenant');

  /** A given password, or a generated one, which is printed once. */
  async function chosen(file: string | undefined): Promise<{ password: string; told: string }> {
    if (file !== undefined) return { password: (await readText(file)).replace(/\r?\n$/, ''), told: '' };
    const password = newSecret().slice(0, 20);
    return { password, told: `, password, shown only now: ${password}` };
  }

  command
    .command('add <tenant> <email>')
    .description('add an operator')
    .requiredOption('--name <name>', 'the name shown in the console')
    .option('--role <role>', OPERATOR_ROLES.join(', '), 'viewer')
    .option('--password-file <file>', 'the password; - for standard input. Default: a generated one')
    .option('--no-password', 'the operator signs in at the OpenID provider only')
    .action(
      async (
        tenantId: string,
        email: string,
        {
          name,
          role,
          passwordFile,
          password: hasPassword,
        }: { name: string; role: string; passwordFile?: string; password: boolean },
      ) => {
        if (!isOperatorRole(role)) throw new Error(`--role: ${OPERATOR_ROLES.join(', ')}`);
        const { password, told } = hasPassword ? await chosen(passwordFile) : NO_PASSWORD;
        await directory((opened) => assertTenant(opened, tenantId));
        valueOf(await changes.add({ tenantId, email, name, role, password }, ACTOR));
        print(`Operator ${email} (${role}) of tenant ${tenantId}${told}`);
      },
    );
  command
    .command('list <tenant>')
    .description('list the operators of a tenant')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, { json }: { json?: boolean }) => {
      const rows = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return opened.operators.list(tenantId);
      });
      printList(print, {
        rows,
        json,
        none: `${tenantId} has no operator yet. Next: punchout operator add ${tenantId} <email> --help`,
        columns: [
          ['EMAIL', ({ email }) => email],
          ['ROLE', ({ role }) => role],
          ['STATE', ({ disabledAt }) => (disabledAt === undefined ? 'active' : 'disabled')],
          ['NAME', ({ name }) => name],
        ],
      });
    });
  command
    .command('disable <tenant> <email>')
    .description('an operator may not sign in any more; ends the sign-ins at once')
    .option('--undo', 'may sign in again')
    .action(async (tenantId: string, email: string, { undo = false }: { undo?: boolean }) => {
      const operatorId = await directory(({ operators }) => idOf(operators, tenantId, email));
      valueOf(await changes.setDisabled(tenantId, operatorId, !undo, ACTOR));
      print(`Operator ${email} is ${undo ? 'active' : 'disabled'}.`);
    });
  command
    .command('password <tenant> <email>')
    .description('give an operator a new password; ends the sign-ins at once')
    .option('--password-file <file>', 'the password; - for standard input. Default: a generated one')
    .action(async (tenantId: string, email: string, { passwordFile }: { passwordFile?: string }) => {
      const { password, told } = await chosen(passwordFile);
      const operatorId = await directory(({ operators }) => idOf(operators, tenantId, email));
      valueOf(await changes.setPassword(tenantId, operatorId, password, ACTOR));
      print(`Operator ${email} has a new password${told}`);
    });
  return command;
}

async function idOf(
  operators: { findByEmail(email: string): Promise<{ operator: Operator } | undefined> },
  tenantId: string,
  email: string,
): Promise<string> {
  const found = await operators.findByEmail(email);
  if (found?.operator.tenantId !== tenantId) throw new Error(`There is no operator ${email} of tenant ${tenantId}.`);
  return found.operator.operatorId;
}
