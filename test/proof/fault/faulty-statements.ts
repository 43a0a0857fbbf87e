import { Client } from 'pg';
import { pass } from './death.js';
import { FAULT_VARIABLES } from './kill-points.js';
import { mutate } from './mutants.js';

interface Statement {
  name?: string;
  text: string;
  values?: unknown[];
}

type Send = (...args: unknown[]) => unknown;

/** `times`: how many callers' rows the statement holds. */
function before(name: string, times: number): void {
  if (name === 'demo-cart-read') pass('transfer:before-read', times);
  if (name === 'transmission-transfer') pass('transfer:before-commit', times);
  if (name === 'demo-cart-delete') pass('job:before-delete', times);
  if (name === 'job-done') pass('job:after-delete', times);
}

function sent(name: string, times: number): void {
  if (name === 'transmission-transfer') pass('transfer:commit-unanswered', times);
}

function after(name: string, times: number): void {
  if (name === 'transmission-claim') pass('login:after-claim', times);
  if (name === 'demo-cart-read') pass('transfer:after-read', times);
  if (name === 'transmission-transfer') pass('transfer:after-commit', times);
}

const [slowName, slowMs] = (process.env[FAULT_VARIABLES.slow] ?? '').split(':');

/** Intercepts every statement of this process. */
export function faultyStatements(): void {
  const original = Reflect.get(Client.prototype, 'query') as Send;

  function faulty(this: Client, ...args: unknown[]): unknown {
    const send: Send = original.bind(this);
    const [statement] = args;
    if (!isStatement(statement)) return send(...args);
    const name = (statement.name ?? '').replace(MANY, '');
    const times = rowsOf(statement);
    if (name === 'job-take' && process.env[FAULT_VARIABLES.jobs] === 'off')
      statement.values = [0, ...(statement.values ?? []).slice(1)];
    const mutant = mutate(statement, (changed) => send(changed) as Promise<unknown>);
    if (mutant !== undefined) return mutant;

    const run = (): unknown => {
      before(name, times);
      const finish = args.at(-1);
      const answered =
        typeof finish === 'function'
          ? send(...args.slice(0, -1), (...results: unknown[]) => {
              after(name, times);
              Reflect.apply(finish, undefined, results);
            })
          : (send(...args) as Promise<unknown>).then((result) => {
              after(name, times);
              return result;
            });
      // In the check phase the bytes are in the kernel, but no answer has been read yet.
      setImmediate(() => sent(name, times));
      return answered;
    };
    if (name !== slowName) return run();
    return new Promise((resolve) => setTimeout(() => resolve(run()), Number(slowMs)));
  }
  Object.assign(Client.prototype, { query: faulty });
}

const MANY = /-many$/;

/** A batch has its rows as JSON in its second value (src/ports/batches.ts). */
function rowsOf({ name = '', values = [] }: Statement): number {
  const [, rows] = values;
  return MANY.test(name) && typeof rows === 'string' ? (JSON.parse(rows) as unknown[]).length : 1;
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}
