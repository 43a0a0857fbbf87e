import { Command } from 'commander';
import { BUYER_LISTS, type BuyerList } from '../../domain/catalogue/catalogue-index.js';
import { readCodeList } from '../../protocols/index/read-code-list.js';
import { listChanges, listReads } from '../../usecases/catalogue/buyer-lists.js';
import { atOnce, valueOf } from '../at-once.js';
import { BY } from '../connection-access-commands.js';
import type { CommandContext } from '../open-directory.js';
import { JSON_OPTION } from '../print-list.js';

/** `catalogue codes`: the classification codes and units that a connection's buyer knows. */
export function codesCommand(context: CommandContext): Command {
  const { directory, print, readText } = context;
  const changes = listChanges({ atomically: atOnce(context) });
  const command = new Command('codes').description('classification codes and units that the buyer knows');
  command
    .command('set <tenant> <connection> <list> <file>')
    .description('classification or unit: take the codes of a file (CSV with the code first, or a JSON array)')
    .option('--add', 'beside the codes that are there, not in their place')
    .action(async (tenantId: string, connectionId: string, list: string, file: string, { add }: { add?: boolean }) => {
      const known = listOf(list);
      valueOf(await directory((opened) => listReads(opened)(tenantId, connectionId)));
      const codes = readCodeList(await readText(file));
      if (codes === undefined) throw new Error(`${file} begins like JSON, and is no array of texts`);
      const counts = valueOf(await changes.save({ tenantId, connectionId, by: BY }, known, codes, add));
      print(`The buyer of ${connectionId} knows ${counts[known]} codes of ${known}. The next run compares them.`);
    });
  command
    .command('show <tenant> <connection>')
    .description('show how many codes each list has')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, { json }: { json?: boolean }) => {
      const counts = valueOf(await directory((opened) => listReads(opened)(tenantId, connectionId)));
      if (json === true) print(JSON.stringify(counts, null, 2));
      else
        for (const list of BUYER_LISTS) print(`${list}  ${counts[list] === 0 ? 'no list' : `${counts[list]} codes`}`);
    });
  command
    .command('remove <tenant> <connection> <list>')
    .description('remove a list: classification or unit')
    .action(async (tenantId: string, connectionId: string, list: string) => {
      const known = listOf(list);
      valueOf(await changes.remove({ tenantId, connectionId, by: BY }, known));
      print(`The list ${known} of ${connectionId} is removed.`);
    });
  return command;
}

function listOf(text: string): BuyerList {
  const list = BUYER_LISTS.find((each) => each === text);
  if (list === undefined) throw new Error(`"${text}" is no list: ${BUYER_LISTS.join(', ')}`);
  return list;
}
