import { Command } from 'commander';
import { customerOfText, customerText } from '../../domain/access/store-customer.js';
import { connectionReads } from '../../usecases/manage/read-connections.js';
import { addressChanges, addressReads, type AddressReads } from '../../usecases/manage/ship-to-addresses.js';
import { assertTenant, atOnce, valueOf } from '../at-once.js';
import { BY } from '../connection-access-commands.js';
import type { CommandContext } from '../open-directory.js';
import { JSON_OPTION, minuteText, printList } from '../print-list.js';

const PAGE = 100;

/** `connection address`: which ShipTo address id belongs to which customer of the shop. */
export function addressCommand(context: CommandContext): Command {
  const { directory, print } = context;
  const changes = addressChanges({ atomically: atOnce(context) });
  const command = new Command('address').description('ShipTo address ids, and whose prices they get');
  command
    .command('list <tenant> <connection>')
    .description('list the address ids, unknown ones first')
    .option('--unknown', 'only ids that call-ups named and nobody has decided about')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, { unknown, json }: { unknown?: true; json?: boolean }) => {
      const rows = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        const list = addressReads({ reads: connectionReads(opened), addresses: opened.shipToAddresses });
        const all = [];
        for (let after: string | undefined = ''; after !== undefined;) {
          const page = { limit: PAGE, after, unknownOnly: unknown === true };
          const read: Awaited<ReturnType<AddressReads>> = await list(tenantId, connectionId, page);
          all.push(...valueOf(read).addresses);
          after = valueOf(read).next;
        }
        return all;
      });
      printList(print, {
        rows,
        json,
        none: `The connection ${tenantId}/${connectionId} has no ${unknown === true ? 'unknown ' : ''}address yet.`,
        columns: [
          ['ADDRESS', ({ addressId }) => addressId],
          [
            'CUSTOMER',
            ({ isKnown, customer }) =>
              isKnown ? (customer === undefined ? 'usual' : customerText(customer)) : 'unknown',
          ],
          ['PLACE', ({ place }) => place || '-'],
          ['SINCE', ({ createdAt }) => minuteText(createdAt)],
        ],
      });
    });
  command
    .command('set <tenant> <connection> <address> [customer]')
    .description("name the shop's customer of an address id, by number or e-mail; without one: the usual customer")
    .action(async (tenantId: string, connectionId: string, addressId: string, customer: string | undefined) => {
      const of = { tenantId, connectionId, by: BY };
      const named = customerOfText(customer ?? '');
      valueOf(await changes.save(of, [{ addressId, customer: named }]));
      print(`Address ${addressId} gets the prices of ${named === undefined ? 'the usual customer' : customer}.`);
    });
  command
    .command('remove <tenant> <connection> <address>')
    .description('remove an address id; a call-up that names it makes it unknown again')
    .action(async (tenantId: string, connectionId: string, addressId: string) => {
      valueOf(await changes.remove({ tenantId, connectionId, by: BY }, addressId));
      print(`Address ${addressId} is removed.`);
    });
  return command;
}
