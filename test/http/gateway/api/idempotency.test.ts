import { expect, it } from '@jest/globals';
import { describeShop } from '../../../support/running-shop.js';
import { WISH, ask, otherTenant, started } from './api-calls.js';

describeShop('Idempotency-Key (P10)', {}, (shop) => {
  const keyed = (key: string): { headers: Record<string, string> } => ({ headers: { 'idempotency-key': key } });
  const counted = async (): Promise<number> => Number((await shop().knex('transmission').count({ n: '*' }))[0]?.['n']);
  let serial = 0;
  const fresh = (): string => `${process.pid}-${Date.now()}-${(serial += 1)}`;

  it('five setups at once: one session, one answer; later: the same; without a key: a new session', async () => {
    const key = fresh();
    const before = await counted();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => ask(shop(), 'setupSession', { body: WISH, ...keyed(key) })),
    );
    expect([new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, answers[0]?.status]).toEqual([
      1, 201,
    ]);
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true')).toHaveLength(4);
    expect(await counted()).toBe(before + 1);
    expect((await ask(shop(), 'setupSession', { body: WISH, ...keyed(key) })).text).toBe(answers[0]?.text);
    expect((await ask(shop(), 'setupSession', { body: WISH })).text).not.toBe(answers[0]?.text);
    expect(await counted()).toBe(before + 2);
  });

  it('the same for cancel and batch', async () => {
    const [a, b] = [await started(shop()), await started(shop())];
    const [one, many] = [fresh(), fresh()];
    const cancels = await Promise.all(
      [1, 2, 3, 4, 5].map(() => ask(shop(), 'cancelSession', { id: a.id, ...keyed(one) })),
    );
    const batches = await Promise.all(
      [1, 2, 3, 4, 5].map(() =>
        ask(shop(), 'batchSessions', { body: { action: 'cancel', session_ids: [a.id, b.id] }, ...keyed(many) }),
      ),
    );
    expect([new Set(cancels.map(({ text }) => text)).size, new Set(batches.map(({ text }) => text)).size]).toEqual([
      1, 1,
    ]);
    for (const { id } of [a, b])
      expect(await shop().knex('audit').where({ transmission_id: id, to_status: 'cancelled' })).toHaveLength(1);
  });

  it('another body or path with the same key: 409 IDEMPOTENCY_CONFLICT, no effect', async () => {
    const key = fresh();
    const { id } = await started(shop());
    await ask(shop(), 'setupSession', { body: WISH, ...keyed(key) });
    const before = await counted();
    const other = await ask(shop(), 'setupSession', { body: { ...WISH, buyer_cookie: 'other' }, ...keyed(key) });
    expect([other.status, other.json().error]).toEqual([
      409,
      {
        code: 'IDEMPOTENCY_CONFLICT',
        message: 'Dieser Idempotency-Key wurde für eine andere Anfrage benutzt; eine neue Anfrage braucht einen neuen',
        details: {},
      },
    ]);
    expect((await ask(shop(), 'cancelSession', { id, ...keyed(key) })).status).toBe(409);
    expect([await counted(), (await ask(shop(), 'getSession', { id })).json().data.status]).toEqual([before, 'active']);
  });

  it('a refusal is stored too; keys are separate per tenant; without an API key nothing is stored', async () => {
    await otherTenant(shop());
    const key = fresh();
    const wrong = { ...WISH, return_url: 'https://evil.test/' };
    const first = await ask(shop(), 'setupSession', { body: wrong, ...keyed(key) });
    expect([first.status, (await ask(shop(), 'setupSession', { body: wrong, ...keyed(key) })).text]).toEqual([
      400,
      first.text,
    ]);
    expect((await ask(shop(), 'setupSession', { body: WISH, key: 'other-all', ...keyed(key) })).status).toBe(201);
    const nobody = fresh();
    expect((await ask(shop(), 'setupSession', { body: WISH, key: null, ...keyed(nobody) })).status).toBe(401);
    expect(await shop().knex('idempotency_key').where({ idempotency_key: nobody })).toEqual([]);
  });

  it('after 24 hours a key is new; the key of a dead process passes to the next request', async () => {
    const key = fresh();
    const first = (await ask(shop(), 'setupSession', { body: WISH, ...keyed(key) })).json().data;
    const before = await counted();
    await shop()
      .knex('idempotency_key')
      .where({ idempotency_key: key })
      .update({ status: null, answer: null, lease_until: new Date(0) });
    const second = await ask(shop(), 'setupSession', { body: WISH, ...keyed(key) });
    expect([second.headers['idempotent-replayed'], second.json().data.session_id, await counted()]).toEqual([
      undefined,
      first.session_id,
      before,
    ]);
    await shop()
      .knex('idempotency_key')
      .where({ idempotency_key: key })
      .update({ created_at: new Date(Date.now() - 25 * 3_600_000) });
    expect((await ask(shop(), 'setupSession', { body: { ...WISH, buyer_cookie: 'new' }, ...keyed(key) })).status).toBe(
      201,
    );
  });

  it('a copy does not wait forever for the first: 503 with Retry-After within 3 s', async () => {
    const key = fresh();
    await ask(shop(), 'setupSession', { body: WISH, ...keyed(key) });
    await shop()
      .knex('idempotency_key')
      .where({ idempotency_key: key })
      .update({ status: null, answer: null, lease_until: new Date(Date.now() + 60_000) });
    const startedAt = performance.now();
    const answer = await ask(shop(), 'setupSession', { body: WISH, ...keyed(key) });
    expect([answer.status, answer.headers['retry-after'], answer.json().error.code]).toEqual([
      503,
      '5',
      'SERVICE_UNAVAILABLE',
    ]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('an answer is stored encrypted; an unencrypted answer of an earlier release is still returned', async () => {
    const key = fresh();
    const first = await ask(shop(), 'setupSession', { body: WISH, ...keyed(key) });
    const row = (): Promise<{ answer: string | null; sealed_answer: string }> =>
      shop().knex('idempotency_key').where({ idempotency_key: key }).first('answer', 'sealed_answer');
    expect(await row()).toEqual({ answer: null, sealed_answer: expect.stringMatching(/^v1\./) });
    await shop()
      .knex('idempotency_key')
      .where({ idempotency_key: key })
      .update({ answer: first.text, sealed_answer: null });
    const again = await ask(shop(), 'setupSession', { body: WISH, ...keyed(key) });
    expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true']);
  });

  it('an answer that cannot be decrypted is not computed again: 409 with the reason', async () => {
    const [key, other] = [fresh(), fresh()];
    for (const one of [key, other]) await ask(shop(), 'setupSession', { body: WISH, ...keyed(one) });
    const before = await counted();
    const [moved] = await shop()
      .knex('idempotency_key')
      .where({ idempotency_key: other })
      .pluck<string[]>('sealed_answer');
    const gone = moved?.replace(/^v1\.[^.]+/, 'v1.AAAAAAAA');
    for (const sealed of [moved, gone]) {
      await shop().knex('idempotency_key').where({ idempotency_key: key }).update({ sealed_answer: sealed });
      const answer = await ask(shop(), 'setupSession', { body: WISH, ...keyed(key) });
      expect([answer.status, answer.json().error.code, answer.json().error.details.error]).toEqual([
        409,
        'IDEMPOTENCY_CONFLICT',
        expect.stringContaining('use a new key'),
      ]);
    }
    expect(await counted()).toBe(before);
  });

  it.each(['', 'a b', 'ä', 'x'.repeat(256)])('an invalid key: %j', async (key) => {
    const answer = await ask(shop(), 'batchSessions', { body: { action: 'get', session_ids: ['a'] }, ...keyed(key) });
    expect([answer.status, answer.json().error.details.field]).toEqual([400, 'Idempotency-Key']);
  });
});
