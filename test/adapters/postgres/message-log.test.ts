import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { messageLog } from '../../../src/adapters/postgres/history/message-log.js';
import { tenantRepository } from '../../../src/adapters/postgres/access/connection-repository.js';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import { INSTALLATION, type MessageFilter, type NewMessage } from '../../../src/ports/transmission/message-log.js';
import { describeOnDatabases } from '../../contracts/databases.js';

const message = (tenantId: string, payloadId: string, change: Partial<NewMessage> = {}): NewMessage => ({
  tenantId,
  direction: 'in',
  kind: 'Test',
  contentType: 'text/xml',
  content: '<x/>',
  payloadId,
  digest: 'd',
  at: new Date(),
  ...change,
});
const wrongDirection = { direction: 'sideways' as 'in' };
const noMoment = { at: 'yesterday or so' as unknown as Date };

describeOnDatabases('the message log', (database) => {
  const logged: string[] = [];
  const log = {
    debug() {},
    info() {},
    warn: (_: object, text: string) => void logged.push(text),
    error: (facts: object, text: string) =>
      void logged.push(`${text}: ${String((facts as { payload?: string }).payload)}`),
  };
  const opened = async (tenantId: string) => {
    await tenantRepository(database()).save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
    logged.length = 0;
    return messageLog(database(), log);
  };
  const kept = async (tenantId: string): Promise<unknown[]> =>
    database().knex('message_log').where({ tenant_id: tenantId }).orderBy('message_id').pluck('payload_id');

  it.each([
    ['one in the middle', 'halved-a', [[57, wrongDirection]] as [number, Partial<NewMessage>][]],
    [
      'the first and the last',
      'halved-b',
      [
        [0, noMoment],
        [99, wrongDirection],
      ] as [number, Partial<NewMessage>][],
    ],
    [
      'two neighbours',
      'halved-c',
      [
        [10, noMoment],
        [11, noMoment],
      ] as [number, Partial<NewMessage>][],
    ],
    ['a single one', 'halved-d', [[0, wrongDirection]] as [number, Partial<NewMessage>][]],
  ])('a batch that cannot be written is halved until the bad message is found: %s', async (_, tenantId, bad) => {
    const messages = await opened(tenantId);
    const changes = new Map(bad);
    const ids = Array.from({ length: bad.length === 1 && bad[0]?.[0] === 0 ? 1 : 130 }, (__, index) => `${index}`);
    ids.forEach((id, index) => messages.note(message(tenantId, id, changes.get(index))));
    await messages.flush();
    expect(await kept(tenantId)).toEqual(ids.filter((__, index) => !changes.has(index)));
    expect(logged).toEqual(bad.map(([index]) => `a message cannot be logged and is dropped: ${index}`));
  });

  it('loses nothing while the database is away', async () => {
    let away = true;
    await opened('away');
    const messages = messageLog(
      {
        ...database(),
        query: (statement, values) =>
          away ? Promise.reject(new PunchoutError('SERVICE_UNAVAILABLE')) : database().query(statement, values),
      },
      log,
    );
    for (let index = 0; index < 150; index += 1) messages.note(message('away', `${index}`));
    for (let turn = 0; turn < 12; turn += 1) await messages.flush();
    away = false;
    await messages.flush();
    expect(await kept('away')).toHaveLength(150);
    expect(logged.filter((line) => line.includes('dropped'))).toEqual([]);
  });

  it('at the end it tries once more, says what is lost, and never tries again', async () => {
    let asked = 0;
    const messages = messageLog(
      {
        ...database(),
        query: () => ((asked += 1), Promise.reject(new PunchoutError('SERVICE_UNAVAILABLE'))),
      },
      log,
    );
    messages.note(message('ended', '1'));
    await messages.close();
    expect(asked).toBe(1);
    messages.note(message('ended', '2'));
    await messages.flush();
    expect(asked).toBe(1);
    expect(logged.filter((line) => /lost at the end|came after the end/.test(line))).toHaveLength(2);
  });

  it('memory holds what is counted, not the documents that texts were cut from', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const held = (): number => (collect(), process.memoryUsage().heapUsed);
    const messages = messageLog(
      { ...database(), query: () => Promise.reject(new PunchoutError('SERVICE_UNAVAILABLE')) },
      log,
    );
    const before = held();
    for (let index = 0; index < 100; index += 1) {
      const document = `${index}`.padEnd(2_000_000, 'xyz');
      const part = (at: number): string => document.slice(at, at + 50);
      messages.note(message('parts', part(1), { kind: part(100), contentType: part(200), reason: part(300) }));
    }
    expect(held() - before).toBeLessThan(20_000_000);
    await messages.flush();
  });

  it('holds at most 16 million characters of all fields together while the database is away', async () => {
    await opened('bounded');
    const messages = messageLog(
      { ...database(), query: () => Promise.reject(new PunchoutError('SERVICE_UNAVAILABLE')) },
      log,
    );
    const seen: number[] = [];
    for (let index = 0; index < 40; index += 1)
      messages.note(
        message('bounded', 'p'.repeat(500_000), { content: 'c'.repeat(300_000), reason: 'r'.repeat(200_000) }),
      );
    const working = messageLog(
      { ...database(), query: async (_, [json]) => (seen.push((json as string).length), []) },
      log,
    );
    for (let index = 0; index < 40; index += 1)
      working.note(
        message('bounded', 'p'.repeat(500_000), { content: 'c'.repeat(300_000), reason: 'r'.repeat(200_000) }),
      );
    await working.flush();
    expect(seen.reduce((sum, length) => sum + length, 0)).toBeLessThan(16_100_000);
    expect(Math.max(...seen)).toBeLessThan(4_500_000);
    await messages.flush();
  });

  it('a page holds at most 4 MiB of documents, or one larger document; all pages together hold all', async () => {
    const messages = await opened('pages');
    const sizes = [
      ...Array.from({ length: 12 }, () => 900_000),
      6_000_000,
      10,
      ...Array.from({ length: 7 }, () => 1_500_000),
    ];
    for (const [index, size] of sizes.entries())
      messages.note(
        message('pages', `${index}`, {
          content: 'ä'.repeat(size / 2),
          ...(index % 2 === 0 ? {} : { transmissionId: 'pages_1' }),
        }),
      );
    await messages.flush();
    for (const [read, order] of [
      [(after?: string) => messages.list('pages', { withoutSession: true }, { limit: 100, after }), -1],
      [(after?: string) => messages.ofTransmission('pages', 'pages_1', { limit: 100, after }), 1],
    ] as const) {
      const seen: string[] = [];
      let after: string | undefined;
      for (let turn = 0; turn < 30; turn += 1) {
        const page = await read(after);
        const bytes = page.messages.map(({ content }) => Buffer.byteLength(content));
        expect(bytes.length === 1 || bytes.reduce((sum, size) => sum + size, 0) <= 4 * 1024 * 1024).toBe(true);
        seen.push(...page.messages.map(({ payloadId }) => payloadId ?? ''));
        after = page.messages.at(-1)?.messageId;
        if (!page.more) break;
      }
      const wanted = sizes
        .map((_, index) => index)
        .filter((index) => (index % 2 === 0) === order < 0)
        .map(String);
      expect(seen).toEqual(order < 0 ? wanted.toReversed() : wanted);
    }
  });

  it('a page of small documents ends at its limit', async () => {
    const messages = await opened('limits');
    for (let index = 0; index < 5; index += 1) messages.note(message('limits', `${index}`));
    await messages.flush();
    const first = await messages.list('limits', { withoutSession: true }, { limit: 3 });
    expect([first.messages.length, first.more]).toEqual([3, true]);
    const second = await messages.list(
      'limits',
      { withoutSession: true },
      { limit: 3, after: first.messages.at(-1)?.messageId },
    );
    expect([second.messages.length, second.more]).toEqual([2, false]);
    expect(await messages.list('limits', { withoutSession: true }, { limit: 5 })).toMatchObject({ more: false });
    expect(await messages.list('nobody', { withoutSession: true }, { limit: 5 })).toEqual({
      messages: [],
      more: false,
    });
  });

  it('lists what fits a filter, in both directions, and nothing of another owner', async () => {
    const messages = await opened('filters');
    const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));
    const note = (payloadId: string, change: Partial<NewMessage>): void =>
      messages.note(message('filters', payloadId, change));
    note('a', { at: at(1), code: 'INVALID_XML', reference: 'AAAAAAAAAA', address: '203.0.113.9' });
    note('b', { at: at(2), transmissionId: 'filters_1', code: 'START_LINK_USED', connectionId: 'erp' });
    note('c', { at: at(3), connectionId: 'erp' });
    note('d', { at: at(4), code: 'INVALID_XML', reference: 'DDDDDDDDDD' });
    messages.note(message('others', 'e', { code: 'INVALID_XML', reference: 'AAAAAAAAAA' }));
    messages.note(message(INSTALLATION, 'f', { code: 'INVALID_XML' }));
    await messages.flush();
    const found = async (filter: MessageFilter, place: { order?: 'newest' | 'oldest'; after?: string } = {}) =>
      (await messages.list('filters', filter, { limit: 10, ...place })).messages.map(({ payloadId }) => payloadId);
    expect(await found({})).toEqual(['d', 'c', 'b', 'a']);
    expect(await found({ refused: true })).toEqual(['d', 'b', 'a']);
    expect(await found({ refused: true, withoutSession: true })).toEqual(['d', 'a']);
    expect(await found({ refused: false, code: 'INVALID_XML' }, { order: 'oldest' })).toEqual(['a', 'd']);
    expect(await found({ connectionId: 'erp' })).toEqual(['c', 'b']);
    expect(await found({ reference: 'AAAAAAAAAA' })).toEqual(['a']);
    expect(await found({ from: at(2), before: at(4) })).toEqual(['c', 'b']);
    expect(await found({ from: at(2), before: at(4), refused: true, connectionId: 'erp' })).toEqual(['b']);
    const first = await messages.list('filters', { refused: true }, { limit: 1, order: 'oldest' });
    expect([first.more, first.messages[0]]).toMatchObject([true, { address: '203.0.113.9', reference: 'AAAAAAAAAA' }]);
    const after = first.messages[0]?.messageId;
    expect(await found({ refused: true }, { order: 'oldest', after })).toEqual(['b', 'd']);
    expect((await messages.list(INSTALLATION, {}, { limit: 10 })).messages.map(({ payloadId }) => payloadId)).toEqual([
      'f',
    ]);
  });

  it('messages of the installation end after 30 days, those of a tenant after its own period', async () => {
    await tenantRepository(database()).save({
      tenantId: 'longer',
      name: 'longer',
      settings: { frontendOrigins: [], messageDays: 60 },
    });
    const messages = messageLog(database(), log);
    const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);
    for (const owner of [INSTALLATION, 'longer'])
      for (const days of [20, 40, 70]) messages.note(message(owner, `${days} days`, { at: daysAgo(days) }));
    await messages.flush();
    await messages.deleteOld(1_000);
    expect([await kept(INSTALLATION), await kept('longer')]).toEqual([
      expect.not.arrayContaining(['40 days']),
      ['20 days', '40 days'],
    ]);
  });
});
