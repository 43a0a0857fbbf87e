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

function before(name: string): void {
  if (name === 'demo-cart-read') pass('transfer:before-read');
  if (name === 'transmission-transfer') pass('transfer:before-commit');
  if (name === 'demo-cart-delete') pass('job:before-delete');
  if (name === 'job-done') pass('job:after-delete');
}

function sent(name: string): void {
  if (name === 'transmission-transfer') pass('transfer:commit-unanswered');
}

function after(name: string): void {
  if (name === 'transmission-claim') pass('login:after-claim');
  if (name === 'demo-cart-read') pass('transfer:after-read');
  if (name === 'transmission-transfer') pass('transfer:after-commit');
}

const [slowName, slowMs] = (process.env[FAULT_VARIABLES.slow] ?? '').split(':');

/** Intercepts every statement of this process. */
export function faultyStatements(): void {
  const original = Reflect.get(Client.prototype, 'query') as Send;

  function faulty(this: Client, ...args: unknown[]): unknown {
    const send: Send = original.bind(this);
    const [statement] = args;
    if (!isStatement(statement)) return send(...args);
    const name = (statement.name ?? '').replace(/-many$/, '');
    if (name === 'job-take' && process.env[FAULT_VARIABLES.jobs] === 'off')
      statement.values = [0, ...(statement.values ?? []).slice(1)];
    const mutant = mutate(statement, (changed) => send(changed) as Promise<unknown>);
    if (mutant !== undefined) return mutant;

    const run = (): unknown => {
      before(name);
      const finish = args.at(-1);
      const answered =
        typeof finish === 'function'
          ? send(...args.slice(0, -1), (...results: unknown[]) => {
              after(name);
              Reflect.apply(finish, undefined, results);
            })
          : (send(...args) as Promise<unknown>).then((result) => {
              after(name);
              return result;
            });
      // In the check phase the bytes are in the kernel, but no answer has been read yet.
      setImmediate(() => sent(name));
      return answered;
    };
    if (name !== slowName) return run();
    return new Promise((resolve) => setTimeout(() => resolve(run()), Number(slowMs)));
  }
  Object.assign(Client.prototype, { query: faulty });
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}
