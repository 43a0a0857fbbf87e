import { Command, InvalidArgumentError } from 'commander';
import type { Replay, ReplayedCart } from '../../domain/replay/replay.js';
import type { LinePart } from '../../domain/replay/compare-lines.js';
import type { PreflightFinding } from '../../domain/transmission/transfer-payload.js';
import { MOST_REPLAYED, type SettingsEdit } from '../../usecases/manage/try-settings.js';
import { wireTrial } from '../../wiring/wire-trial.js';
import { assertTenant, valueOf } from '../at-once.js';
import type { CommandContext } from '../open-directory.js';
import { JSON_OPTION, minuteText } from '../print-list.js';

interface ReplayOptions {
  settings?: string;
  allSettings?: string;
  limit: number;
  json?: boolean;
}

/** What edited settings would change in the carts that were sent. Exit code 1 if a cart would be refused. */
export function replayCommand({ directory, print, readText }: CommandContext): Command {
  return new Command('replay')
    .argument('<tenant>')
    .argument('<connection>')
    .description(
      'send the last carts of a connection through edited settings, and print what would change; stores nothing; ' +
        'exit code 1 when a cart would be refused',
    )
    .option('--settings <file>', 'JSON of the settings to change; null takes one back; - for standard input')
    .option('--all-settings <file>', 'JSON of settings in place of all that were given')
    .option('--limit <count>', `carts at most, up to ${MOST_REPLAYED}`, countOf, MOST_REPLAYED)
    .option(...JSON_OPTION)
    .action(async (tenantId: string, connectionId: string, { limit, json, ...files }: ReplayOptions) => {
      const documentOf = (file: string | undefined): Promise<object> | undefined =>
        file === undefined ? undefined : documentFrom(readText, file);
      const edit: SettingsEdit = {
        settings: await documentOf(files.settings),
        allSettings: await documentOf(files.allSettings),
      };
      const replay = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        const trial = wireTrial(opened, { demoEnabled: true, publicUrl: 'http://127.0.0.1' });
        return valueOf(await trial.replay({ tenantId, connectionId }, edit, { limit }));
      });
      if (json === true) print(JSON.stringify(replay, null, 2));
      else printReplay(print, replay);
      if (replay.refused > 0) process.exitCode = 1;
    });
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_REPLAYED) return count;
  throw new InvalidArgumentError(`it is a whole number from 1 to ${MOST_REPLAYED}.`);
}

async function documentFrom(readText: CommandContext['readText'], file: string): Promise<object> {
  const document: unknown = JSON.parse(await readText(file));
  if (typeof document === 'object' && document !== null) return document;
  throw new Error(`${file} holds no JSON object.`);
}

function printReplay(print: CommandContext['print'], replay: Replay): void {
  for (const cart of replay.carts) printCart(print, cart);
  if (replay.cartsLeftOut > 0) print(`${replay.cartsLeftOut} more carts change; they are not listed.\n`);
  const { replayed, changed, refused, mended } = replay;
  if (replayed === 0) print('No sent cart of this connection is kept.');
  else
    print(
      `${replayed} carts: ${changed === 0 ? 'none changes' : `${changed} change`}, ` +
        `${refused} would be refused, ${mended} would be sent that are refused now.`,
    );
  if (!replay.complete) print('The time was over before all carts were replayed: choose a smaller --limit.');
}

function printCart(print: CommandContext['print'], cart: ReplayedCart): void {
  const { transmissionId, sentAt, refusedBefore, refusedAfter, changes, changesLeftOut, gained, lost } = cart;
  print(`${transmissionId}, sent ${minuteText(sentAt)}`);
  if (refusedBefore !== refusedAfter) {
    if (refusedAfter !== undefined) print(`  would be refused: ${refusedAfter}`);
    else print(`  would be sent; now it is refused: ${refusedBefore ?? ''}`);
  }
  for (const { before, after } of changes) {
    if (before !== undefined) print(lineText('-', before));
    if (after !== undefined) print(lineText('+', after));
  }
  if (changesLeftOut > 0) print(`  … and ${changesLeftOut} more changed lines`);
  for (const finding of gained) print(`  new      ${findingText(finding)}`);
  for (const finding of lost) print(`  gone     ${findingText(finding)}`);
  print('');
}

function lineText(sign: string, { number, text }: LinePart): string {
  return `  ${sign} ${String(number).padStart(5)}  ${text}`;
}

function findingText({ severity, line, field, message }: PreflightFinding): string {
  return `${severity}: ${line === undefined ? '' : `line ${line}, `}${field === '' ? '' : `${field}: `}${message}`;
}
