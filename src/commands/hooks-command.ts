import { Command } from 'commander';
import type { HookState } from '../ports/orders/hook-repository.js';
import type { CommandContext } from './open-directory.js';
import { idOf } from './shops-command.js';

/** Hooks of source 003: how far each subscriber is, and what to do when one is stuck. */
export function hooksCommand({ directory, print }: CommandContext): Command {
  const command = new Command('hooks').description('subscribers of order events: how far they are; resume, replay');
  command
    .command('list <tenant>')
    .description('list the hooks of a tenant')
    .action(async (tenantId: string) => {
      for (const hook of await directory(({ hooks }) => hooks.list(tenantId))) print(lineOf(hook));
    });
  command
    .command('resume <tenant> <shop> <url>')
    .description('deliver to a paused or failing hook at once')
    .option(
      '--accept',
      'take the revision that the subscriber says it has, though we did not send that much to this address (it moved, with its data)',
    )
    .action(async (tenantId: string, shop: string, url: string, { accept }: { accept?: boolean }) => {
      print(lineOf(found(await directory(({ hooks }) => hooks.resume(tenantId, idOf(shop), url, accept ?? false)))));
    });
  command
    .command('replay <tenant> <shop> <url> <revision>')
    .description('send everything from a revision on once more')
    .action(async (tenantId: string, shop: string, url: string, revision: string) => {
      if (!/^[1-9]\d{0,17}$/.test(revision)) throw new Error(`"${revision}" is no revision`);
      print(lineOf(found(await directory(({ hooks }) => hooks.replay(tenantId, idOf(shop), url, revision)))));
    });
  return command;
}

function found(hook: HookState | undefined): HookState {
  if (hook === undefined) throw new Error('There is no such hook; `punchout hooks list` shows those there are.');
  return hook;
}

function lineOf({
  shopId,
  url,
  events,
  ackedRevision,
  lastRevision,
  pausedAt,
  failingSince,
  lastError,
}: HookState): string {
  const state = pausedAt !== undefined ? 'PAUSED' : failingSince !== undefined ? 'failing' : 'active';
  return `shop ${shopId}  ${state.padEnd(8)} ${ackedRevision} of ${lastRevision}  ${url}  ${events.join(',')}${lastError === undefined ? '' : `\n         ${lastError}`}`;
}
