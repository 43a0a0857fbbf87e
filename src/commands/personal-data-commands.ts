import { Command } from 'commander';
import type { CommandContext } from './open-directory.js';

/** `punchout export <tenant> <email>` (SECURITY T63). */
export function exportCommand({ directory, print }: CommandContext): Command {
  return new Command('export')
    .description('print what a tenant keeps of a person as JSON: sessions, carts, messages, purchase orders')
    .argument('<tenant>')
    .argument('<email>', 'as his procurement system names him')
    .action(async (tenantId: string, email: string) => {
      const found = await directory(async ({ tenants, personalData }) => {
        if ((await tenants.find(tenantId)) === undefined) throw new Error(`There is no tenant ${tenantId}.`);
        return personalData.ofPerson(tenantId, emailOf(email));
      });
      print(JSON.stringify(found, null, 2));
    });
}

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
function emailOf(text: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new Error(`"${text}" is no e-mail address.`);
  return text;
}
