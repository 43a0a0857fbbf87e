import { Command } from 'commander';
import type { CommandContext } from './command-context.js';

/** `punchout erase <tenant> <email>` (SECURITY T63). */
export function eraseCommand({ directory, print }: CommandContext): Command {
  return new Command('erase')
    .description(
      "take a person out of a tenant's ended sessions: call-up, documents and cart; figures, audit and orders stay",
    )
    .argument('<tenant>')
    .argument('<email>', 'as his procurement system names him')
    .action(async (tenantId: string, email: string) => {
      const { sessions, documents, live } = await directory(async ({ tenants, personalData }) => {
        if ((await tenants.find(tenantId)) === undefined) throw new Error(`There is no tenant ${tenantId}.`);
        return personalData.erase(tenantId, emailOf(email));
      });
      print(`Erased: ${sessions} sessions, ${documents} documents.`);
      if (live > 0) print(`${live} sessions have not ended and were left alone: cancel them, then erase again.`);
    });
}

/** Throws for what is no e-mail address. */
export function emailOf(text: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new Error(`"${text}" is no e-mail address.`);
  return text;
}
