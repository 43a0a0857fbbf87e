import { Command } from 'commander';
import { INDEX_FORMATS } from '../../domain/catalogue/catalogue-index.js';
import { pushChanges, pushReads } from '../../usecases/catalogue/index-push.js';
import { atOnce, valueOf } from '../at-once.js';
import { BY, givenSecret } from '../connection-access-commands.js';
import type { CommandContext } from '../open-directory.js';
import { JSON_OPTION, minuteText } from '../print-list.js';

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
    .action(
      async (
        tenantId: string,
        connectionId: string,
        name: string,
        url: string,
        given: { authorizationFile?: string; authorization: boolean },
      ) => {
        const format = INDEX_FORMATS.find((each) => each === name);
        if (format === undefined) throw new Error(`"${name}" is no format: ${INDEX_FORMATS.join(', ')}`);
        const text = await givenSecret(readText, given.authorizationFile);
        const authorization = given.authorization ? text : null;
        valueOf(await changes.save({ tenantId, connectionId, by: BY }, { url, format, authorization }));
        print(`The next run pushes its ${format} to ${url}.`);
      },
    );
  command
    .command('show <tenant> <connection>')
    .description('show the address, and what became of the last push')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, { json }: { json?: boolean }) => {
      const push = valueOf(await directory((opened) => pushReads(opened)(tenantId, connectionId)));
      if (json === true) print(JSON.stringify(push ?? null, null, 2));
      else if (push === undefined) print(`The index of ${connectionId} is pushed to no address.`);
      else {
        const { url, format, hasAuthorization, pushedRun, pushedAt, failedAt, lastError } = push;
        print(`${format} to ${url}, ${hasAuthorization ? 'with' : 'without'} Authorization`);
        print(pushedAt === undefined ? 'not pushed yet' : `pushed ${minuteText(pushedAt)}, that of run ${pushedRun}`);
        if (failedAt !== undefined) print(`failed ${minuteText(failedAt)}: ${lastError}`);
      }
    });
  command
    .command('remove <tenant> <connection>')
    .description('push it no more')
    .action(async (tenantId: string, connectionId: string) => {
      valueOf(await changes.remove({ tenantId, connectionId, by: BY }));
      print(`The index of ${connectionId} is pushed no more.`);
    });
  return command;
}

/** What is wrong whatever the networks of the server are. */
function httpsFault(url: string): string | undefined {
  if (!URL.canParse(url) || !/^https?:\/\/[^@#\s]+$/i.test(url)) return 'it is no https address without credentials';
  return undefined;
}
