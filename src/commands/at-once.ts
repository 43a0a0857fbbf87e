import type { Command } from 'commander';
import { ERROR_CODES, type Outcome } from '../domain/error-codes.js';
import { nearestName } from '../domain/nearest-name.js';
import type { Atomically } from '../ports/managed-directory.js';
import type { CommandContext, Directory } from './open-directory.js';

/** Changes of a command, each in one transaction. A refusal ends the command with its reason. */
export function atOnce({ directory }: Pick<CommandContext, 'directory'>): Atomically {
  return (change) =>
    directory(
      async (opened) => {
        const outcome = await change(opened);
        valueOf(outcome);
        return outcome;
      },
      { atOnce: true },
    );
}

/** Throws the reason of a refusal. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.refusal.reason ?? ERROR_CODES[outcome.refusal.code]);
}

/** Throws if there is no such tenant, and names the one that was most likely meant. */
export async function assertTenant({ tenants }: Pick<Directory, 'tenants'>, tenantId: string): Promise<void> {
  if ((await tenants.find(tenantId)) !== undefined) return;
  const meant = nearestName(
    tenantId,
    (await tenants.list()).map((tenant) => tenant.tenantId),
  );
  throw new Error(
    meant === undefined
      ? `There is no tenant ${tenantId}. Next: punchout tenant add ${tenantId} --name "…"`
      : `There is no tenant ${tenantId}; did you mean ${meant}?`,
  );
}

/**
 * The context of a whole program. The tenant that a command names is looked up before anything else, in the directory
 * that the command opens.
 */
export function forKnownTenants(context: CommandContext): { context: CommandContext; watch(program: Command): void } {
  const asked: { tenantId?: string | undefined } = {};
  return {
    context: {
      ...context,
      directory: (act, work) =>
        context.directory(async (opened) => {
          if (asked.tenantId !== undefined) await assertTenant(opened, asked.tenantId);
          return act(opened);
        }, work),
    },
    watch: (program) =>
      void program.hook('preAction', (_, command) => {
        const isNamed = command.registeredArguments[0]?.name() === 'tenant';
        asked.tenantId = isNamed && !isMaking(command) ? command.args[0] : undefined;
      }),
  };
}

function isMaking(command: Command): boolean {
  return command.name() === 'add' && command.parent?.name() === 'tenant';
}
