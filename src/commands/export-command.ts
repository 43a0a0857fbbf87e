import { Command } from 'commander';
import type { CommandContext } from './command-context.js';
import { emailOf } from './erase-command.js';

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
