import { Command } from 'commander';
import type { CommandContext } from './open-directory.js';

/** `punchout reseal`: the step of a key rotation after which an older SESSION_SECRET can be left out. */
export function resealCommand({ directory, print }: CommandContext): Command {
  return new Command('reseal')
    .description('seal the stored secrets again with the first of SESSION_SECRET, so that older ones can be left out')
    .action(async () => {
      const { resealed, unreadable } = await directory(({ sealedSecrets }) => sealedSecrets.sealAgain());
      print(resealed === 0 ? 'All readable secrets have the newest seal.' : `Sealed again: ${resealed}.`);
      for (const { kind, tenantId, id } of unreadable)
        print(`Cannot be read: a secret of ${kind} ${id} of ${tenantId}.`);
      if (unreadable.length > 0)
        throw new Error('Add the SESSION_SECRET that sealed them to the list and repeat, or set those secrets anew.');
    });
}
