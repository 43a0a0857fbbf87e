import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { newTransmissionId, type Transmission } from '../../../src/domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../../src/ports/transmission/transmission-repository.js';
import {
  BATCHED_STATEMENTS,
  batchingOn,
  batchRows,
  storedRows,
  type Batching,
} from '../../contracts/batched-statements.js';
import { describeOnDatabases } from '../../contracts/databases.js';
import {
  activeTransmission,
  newTransmission,
  openTransmission,
  payloadOf,
  TENANT,
} from '../../contracts/transmissions.js';

const numbers = Array.from({ length: 32 }, (_, number) => number);
const transferOf = ({ cartRevision }: Transmission) => ({ cartRevision, payload: payloadOf('x') });

it('every batched statement of the code is tried below, and in batches-in-trouble.test.ts', () => {
  const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join('src', file), 'utf8'));
  const batched = code.flatMap((text) => Array.from(text.matchAll(/one: \{\s*name: '([^']+)'/g), ([, name]) => name));
  expect(new Set(Object.keys(BATCHED_STATEMENTS))).toEqual(new Set(batched));
  expect(code.join('\n').match(/: BatchedStatement = \{/g)).toHaveLength(batched.length);
});

describeOnDatabases('32 requests in one turn', (database) => {
  let sent: string[];
  let batching: Batching;
  let repository: TransmissionRepository;
  beforeEach(() => {
    sent = [];
    batching = batchingOn({
      ...database(),
      query(statement, values) {
        sent.push(statement.name);
        return database().query(statement, values);
      },
    });
    repository = batching.transmissions;
  });
  const all = <Result>(act: (number: number) => Promise<Result>): Promise<Result[]> => Promise.all(numbers.map(act));
  const together = async <Result>(act: (number: number) => Promise<Result>): Promise<Result[]> => {
    sent = [];
    return all(act);
  };

  it('go out as one statement each: call-ups, reads, claims, carts, what was seen of them, transfers', async () => {
    const created = await together(() => openTransmission(repository));
    expect(sent).toEqual(['transmission-create-many']);
    const found = await together((number) => repository.find(created[number]!));
    expect(sent).toEqual(['transmission-find-many']);
    expect(found.map((one) => one?.transmissionId)).toEqual(created.map((one) => one.transmissionId));
    const claimed = await together((number) =>
      repository.claim(created[number]!, {
        tokenDigest: newTransmission().tokenDigest,
        claimDigest: `claim of ${created[number]!.transmissionId}`,
        idleMinutes: number + 1,
      }),
    );
    expect(sent).toEqual(['transmission-claim-many']);
    expect(claimed.map((one) => one?.claimDigest)).toEqual(created.map((one) => `claim of ${one.transmissionId}`));
    const carts = await together((number) =>
      repository.attachCart(created[number]!, { store: 'demo', id: `${number}` }),
    );
    expect(sent).toEqual(['transmission-attach-cart-many']);
    expect(carts.map((one) => one?.cart?.id)).toEqual(numbers.map(String));
    const seen = numbers.map((number) => ({ mark: `${number}`, lines: [], told: [] }));
    await all((number) => repository.noteShown({ ...created[number]!, cartRevision: 0 }, seen[number]!));
    const shown = await together((number) => repository.findShown(created[number]!));
    expect(sent).toEqual(['transmission-find-shown-many']);
    expect(shown.map((one) => one.shown)).toEqual(seen);
    const payloads = numbers.map((number) => payloadOf(`${number}`));
    const answers = await together((number) =>
      repository.transfer(created[number]!, { cartRevision: 0, payload: payloads[number]! }),
    );
    expect(sent).toEqual(['transmission-transfer-many']);
    expect(new Set(answers)).toEqual(new Set(['transferred']));
    const stored = await all((number) => repository.findPayload(created[number]!));
    expect(stored.map((one) => one?.payload)).toEqual(payloads);
  });

  it.each(Object.entries(BATCHED_STATEMENTS))(
    '%s, one row that the database refuses: 31 right answers and one error, and nothing of it is stored',
    async (name, statement) => {
      const rows = await batchRows(statement, batching, 32);
      sent = [];
      const answers = await Promise.allSettled(
        rows.map((row, number) => statement.run(batching, number === 7 ? statement.poisoned(row) : row)),
      );
      expect(sent.slice(0, 2)).toEqual([`${name}-many`, name]);
      expect(answers.map((answer) => (answer.status === 'rejected' ? 'refused' : answer.value))).toEqual(
        rows.map(({ mark }, number) => (number === 7 ? 'refused' : mark)),
      );
      if (statement.stored !== undefined)
        expect(await storedRows(statement, database(), rows)).toEqual(rows.toSpliced(7, 1));
      expect(await statement.run(batching, rows[7]!)).toBe(rows[7]!.mark);
    },
  );

  it('unknown, foreign, ended and repeated ones are judged on their own', async () => {
    const first = await activeTransmission(repository);
    const ended = await activeTransmission(repository);
    await repository.end(ended, 'closed', 'buyer');
    const other = await activeTransmission(repository, {
      tenantId: 'other',
      transmissionId: newTransmissionId('other'),
    });
    const keys = [first, first, ended, { ...other, tenantId: TENANT }, other, { ...first, transmissionId: 'none' }];
    expect((await Promise.all(keys.map((key) => repository.find(key)))).map((one) => one?.status)).toEqual([
      'active',
      'active',
      'closed',
      undefined,
      'active',
      undefined,
    ]);
    const answers = await Promise.all(keys.map((key) => repository.transfer(key, transferOf(first))));
    expect(answers.slice(0, 2).toSorted()).toEqual(['not_active', 'transferred']);
    expect(answers.slice(2)).toEqual(['not_active', 'not_active', 'transferred', 'not_active']);
  });

  it('the same call-up twice is one transmission', async () => {
    const callUps = numbers.map((number) => newTransmission({ callUpDigest: `digest ${number >> 1} ${sent.length}` }));
    const answers = await Promise.all(callUps.map((callUp) => repository.create(callUp)));
    expect(answers.filter((one) => one !== undefined)).toHaveLength(16);
  });
});
