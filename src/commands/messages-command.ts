import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ERROR_CODES, type ErrorCode } from '../domain/error-codes.js';
import { explainError } from '../domain/explanations/explain.js';
import type { ExplanationLanguage } from '../domain/explanations/explanation.js';
import { referenceAsKept } from '../domain/reference.js';
import { INSTALLATION, type MessageFilter } from '../ports/transmission/message-log.js';
import { type MessagePage, type MessageReads, messageReads } from '../usecases/history/read-messages.js';
import type { CommandContext } from './open-directory.js';

interface Options {
  installation?: true;
  refused?: true;
  code?: ErrorCode;
  connection?: string;
  reference?: string;
  limit: number;
  follow?: true;
  json?: true;
  language: ExplanationLanguage;
}

type Message = MessagePage['messages'][number];

const EVERY_MS = 1_000;
const FOLLOWED_AT_ONCE = 100;

/** `punchout messages`: the same list as `GET /v1/punchout/messages`, also of callers that no tenant is known for. */
export function messagesCommand(
  { directory, print }: Pick<CommandContext, 'directory' | 'print'>,
  stopped?: AbortSignal,
): Command {
  return new Command('messages')
    .description('documents and refused requests of the message log, newest last')
    .argument('[tenant]')
    .option('--installation', 'instead of a tenant: callers that nobody knows, where there are several tenants')
    .option('--refused', 'only what was refused')
    .addOption(new Option('--code <code>', 'only refused with this code').choices(Object.keys(ERROR_CODES)))
    .option('--connection <id>', 'only of this connection')
    .option('--reference <id>', 'only the attempt with this reference (error page, X-Request-Id), with its content')
    .option('--limit <count>', 'how many', countOf, 20)
    .option('--follow', 'go on with each new one')
    .option('--json', 'print one JSON object for each')
    .addOption(new Option('--language <language>', 'of the explanations').choices(['en', 'de']).default('en'))
    .action(async (tenantId: string | undefined, options: Options) => {
      if ((tenantId === undefined) !== (options.installation === true))
        throw new Error('Name one tenant, or give --installation.');
      const owner = tenantId ?? INSTALLATION;
      await directory(async ({ tenants, transmissions, storedMessages }) => {
        if (tenantId !== undefined && (await tenants.find(tenantId)) === undefined)
          throw new Error(`There is no tenant ${tenantId}.`);
        const reads = messageReads({ messages: storedMessages, transmissions });
        const show = (message: Message): void => {
          for (const line of linesOf(message, options)) print(line);
        };
        const { limit } = options;
        const { messages } = await reads.list(owner, filterOf(options), { limit });
        messages.toReversed().forEach(show);
        if (messages.length === 0 && options.follow !== true && options.json !== true) print('No message fits.');
        if (options.follow === true)
          await follow({ reads, owner, options, show, stopped, after: messages[0]?.messageId });
      });
    });
}

interface Following {
  reads: MessageReads;
  owner: string;
  options: Options;
  show: (message: Message) => void;
  stopped: AbortSignal | undefined;
  /** Id of the last message shown. */
  after: string | undefined;
}

async function follow({ reads, owner, options, show, stopped, after }: Following): Promise<void> {
  const isStopped = (): boolean => stopped?.aborted === true;
  let last = after;
  while (!isStopped()) {
    const place = { limit: FOLLOWED_AT_ONCE, after: last, order: 'oldest' as const };
    const { messages } = await reads.list(owner, filterOf(options), place);
    messages.forEach(show);
    last = messages.at(-1)?.messageId ?? last;
    if (messages.length === 0) await pause(EVERY_MS, undefined, { signal: stopped }).catch(() => undefined);
  }
}

function filterOf({ refused, code, connection, reference }: Options): MessageFilter {
  return {
    refused,
    code,
    connectionId: connection,
    reference: reference === undefined ? undefined : referenceAsKept(reference),
  };
}

function linesOf(message: Message, { json, reference, language }: Options): string[] {
  const explanation = message.code === undefined ? undefined : explainError(message.code, language);
  if (json === true) return [JSON.stringify({ ...message, explanation })];
  const { at, direction, kind, connectionId, transmissionId, code, address, warning, reason, content } = message;
  const facts = [
    `${at.toISOString().slice(0, 19)}Z`,
    direction,
    kind,
    connectionId ?? '-',
    ...[code, message.reference, address, transmissionId].filter((fact) => fact !== undefined),
  ];
  const isFirst = direction === 'in';
  return [
    facts.join('  '),
    ...(reason === undefined || !isFirst ? [] : [`    ${reason}`]),
    ...(explanation === undefined || !isFirst ? [] : [`    ${explanation.remedy}`]),
    ...(warning === undefined ? [] : [`    ${warning}`]),
    ...(reference === undefined ? [] : content.split('\n').map((line) => `    | ${line}`)),
  ].map(printable);
}

/** Strangers write into kinds, reasons and documents: no control character reaches the terminal. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\uFFFD');
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1 || count > 1_000)
    throw new InvalidArgumentError('a number from 1 to 1000');
  return count;
}
