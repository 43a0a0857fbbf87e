import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import {
  BUYER_LISTS,
  coveredPercent,
  INDEX_FAULTS,
  INDEX_FORMATS,
  type IndexFormat,
  type IndexRun,
} from '../../domain/catalogue/catalogue-index.js';
import { customerText } from '../../domain/access/store-customer.js';
import { indexReads } from '../../usecases/catalogue/index-runs.js';
import { valueOf } from '../at-once.js';
import { BY } from '../connection-access-commands.js';
import type { CommandContext } from '../open-directory.js';
import { JSON_OPTION, minuteText, printList } from '../print-list.js';
import { codesCommand } from './list-command.js';
import { ADDRESS_OPTION, pushCommand } from './push-command.js';

/** Indexes of what a connection's buyers may buy (docs/catalogues.md). */
export function catalogueCommand(context: CommandContext): Command {
  const { directory, print } = context;
  const command = new Command('catalogue').description("indexes of a connection's catalogue: make, report, download");
  command
    .command('run <tenant> <connection>')
    .description('have the worker write the catalogue into files')
    .addOption(
      new Option('--format <format...>', "absent: the format of the connection's platform").choices(INDEX_FORMATS),
    )
    .option('--full', 'read all products again, not only those that changed')
    .option(...ADDRESS_OPTION)
    .action(
      async (
        tenantId: string,
        connectionId: string,
        { format, full, address }: { format?: IndexFormat[]; full?: boolean; address?: string },
      ) => {
        const wish = { formats: format, full, addressId: address };
        const begun = await directory((opened) => indexReads(opened).begin({ tenantId, by: BY }, connectionId, wish));
        print(runLine(valueOf(begun)));
      },
    );
  command
    .command('list <tenant> <connection>')
    .description('list the indexes, newest first')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, { json }: { json?: boolean }) => {
      const rows = valueOf(await directory((opened) => indexReads(opened).list(tenantId, connectionId)));
      printList(print, {
        rows,
        json,
        none: `${connectionId} has no index yet; \`punchout catalogue run\` makes one.`,
        columns: [
          ['RUN', ({ runId }) => String(runId)],
          ['PRICES OF', whoseText],
          ['STATE', ({ state }) => state],
          ['STARTED', ({ startedAt }) => minuteText(startedAt)],
          ['PRODUCTS', ({ products }) => String(products)],
          ['FILES', filesText],
        ],
      });
    });
  command
    .command('report <tenant> <connection> <run>')
    .description('show what was left out of an index, and why')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, number: string, { json }: { json?: boolean }) => {
      const run = valueOf(
        await directory((opened) => indexReads(opened).find({ tenantId, connectionId, runId: runIdOf(number) })),
      );
      if (json === true) print(JSON.stringify(run, null, 2));
      else for (const line of [runLine(run), ...coverageLines(run), ...run.issues.map(issueLine)]) print(line);
    });
  command
    .command('file <tenant> <connection> <run> <format> <path>')
    .description('write a file of an index to a new file on this machine')
    .action(async (tenantId: string, connectionId: string, number: string, name: string, path: string) => {
      const format = INDEX_FORMATS.find((each) => each === name);
      if (format === undefined) throw new Error(`"${name}" is no format: ${INDEX_FORMATS.join(', ')}`);
      const key = { tenantId, connectionId, runId: runIdOf(number) };
      await directory(async (opened) => {
        const indexes = indexReads(opened);
        valueOf(await indexes.piece(key, format));
        await pipeline(Readable.from(indexes.pieces(key, format, -1)), createWriteStream(path, { flags: 'wx' }));
      });
      print(`${path} is written.`);
    });
  command.addCommand(pushCommand(context));
  command.addCommand(codesCommand(context));
  return command;
}

function runIdOf(text: string): number {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
}

/** `0100: 10042`; `usual` where the store has chosen. */
function whoseText({ addressId, customer }: IndexRun): string {
  const name = customer === undefined ? 'usual' : customerText(customer);
  return addressId === undefined ? name : `${addressId}: ${name}`;
}

function filesText({ formats, items }: IndexRun): string {
  return formats.map((format) => `${format} ${items[format] ?? 0}`).join(', ');
}

function runLine(run: IndexRun): string {
  const end = run.reason === undefined ? '' : `  ${run.reason}`;
  const counted = `${run.products} products, in files: ${filesText(run)}`;
  return `run ${run.runId}  ${run.state}  prices of ${whoseText(run)}  ${counted}${end}`;
}

function coverageLines({ coverage }: IndexRun): string[] {
  return BUYER_LISTS.flatMap((list) => {
    const covered = coverage[list];
    if (covered === undefined) return [];
    const { matched, products } = covered;
    return [`    ${list}: the buyer knows ${matched} of ${products} products, ${coveredPercent(covered)} %`];
  });
}

const SHOWN = 10;

function issueLine({ kind, field, format, count, products, values }: IndexRun['issues'][number]): string {
  const { severity, text } = INDEX_FAULTS[kind];
  const seen = products.slice(0, SHOWN).map((sku, nth) => `${sku} (${JSON.stringify(values[nth] ?? '')})`);
  const more = count > SHOWN ? ', …' : '';
  const where = format === undefined ? field : `${field}, ${format}`;
  return `    ${severity}  ${text}  (${where})  ${count}: ${seen.join(', ')}${more}`;
}
