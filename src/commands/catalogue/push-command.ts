import { Command } from 'commander';
import { INDEX_FORMATS } from '../../domain/catalogue/catalogue-index.js';
import type { IndexPush } from '../../ports/index-pushes.js';
import { pushChanges, pushReads } from '../../usecases/catalogue/index-push.js';
import { atOnce, valueOf } from '../at-once.js';
import { BY, givenSecret } from '../connection-access-commands.js';
import type { CommandContext } from '../open-directory.js';
import { JSON_OPTION, minuteText } from '../print-list.js';

/** Whose index it is. */
export const ADDRESS_OPTION = [
  '--address <id>',
  "address id of ShipTo, in the connection's table: the index of its customer; absent: that of the usual customer",
] as const;

/** `catalogue push`: where the index of a connection is pushed to after each run. */
export function pushCommand(context: CommandContext): Command {
  const { directory, print, readText } = context;
  const changes = pushChanges({ atomically: atOnce(context), urlFault: httpsFault });
  const command = new Command('push').description('push the index of a connection to an address after each run');
  command
    .command('set <tenant> <connection> <format> <url>')
    .description('push the file of this format to this address; its networks are checked when it is pushed')
    .option('--authorization-file <file>', 'text of the header Authorization; - for standard input')
    .option('--no-authorization', 'send no header Authorization any more')
    .option(...ADDRESS_OPTION)
    .action(
      async (
        tenantId: string,
        connectionId: string,
        name: string,
        url: string,
        given: { authorizationFile?: string; authorization: boolean; address?: string },
      ) => {
        const format = INDEX_FORMATS.find((each) => each === name);
        if (format === undefined) throw new Error(`"${name}" is no format: ${INDEX_FORMATS.join(', ')}`);
        const text = await givenSecret(readText, given.authorizationFile);
        const authorization = given.authorization ? text : null;
        const of = { tenantId, connectionId, addressId: given.address, by: BY };
        valueOf(await changes.save(of, { url, format, authorization }));
        const whose = given.address === undefined ? '' : ` for the address id ${given.address}`;
        print(`The next run${whose} pushes its ${format} to ${url}.`);
      },
    );
  command
    .command('show <tenant> <connection>')
    .description('show the addresses, and what became of the last push to each')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, { json }: { json?: boolean }) => {
      const pushes = valueOf(await directory((opened) => pushReads(opened)(tenantId, connectionId)));
      if (json === true) print(JSON.stringify(pushes, null, 2));
      else if (pushes.length === 0) print(`The index of ${connectionId} is pushed to no address.`);
      else for (const push of pushes) for (const line of pushLines(push)) print(line);
    });
  command
    .command('remove <tenant> <connection>')
    .description('push it no more')
    .option(...ADDRESS_OPTION)
    .action(async (tenantId: string, connectionId: string, { address }: { address?: string }) => {
      valueOf(await changes.remove({ tenantId, connectionId, addressId: address, by: BY }));
      const whose = address === undefined ? '' : ` for the address id ${address}`;
      print(`The index of ${connectionId}${whose} is pushed no more.`);
    });
  return command;
}

function pushLines(push: IndexPush): string[] {
  const { addressId, url, format, hasAuthorization, pushedRun, pushedAt, failedAt, lastError } = push;
  const whose = addressId === undefined ? '' : ` of the address id ${addressId}`;
  return [
    `${format}${whose} to ${url}, ${hasAuthorization ? 'with' : 'without'} Authorization`,
    pushedAt === undefined ? 'not pushed yet' : `pushed ${minuteText(pushedAt)}, that of run ${pushedRun}`,
    ...(failedAt === undefined ? [] : [`failed ${minuteText(failedAt)}: ${lastError}`]),
  ];
}

/** What is wrong whatever the networks of the server are. */
function httpsFault(url: string): string | undefined {
  if (!URL.canParse(url) || !/^https?:\/\/[^@#\s]+$/i.test(url)) return 'it is no https address without credentials';
  return undefined;
}
