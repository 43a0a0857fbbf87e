import { describe, expect, it } from '@jest/globals';
import { digestOf, newSecret } from '../../src/domain/digest.js';
import type { ShownLine } from '../../src/domain/cart/shown-cart.js';
import {
  TRANSMISSION_STATUSES,
  type Transmission,
  type TransmissionKey,
  type TransmissionStep,
  mayTake,
  stepOf,
} from '../../src/domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../src/ports/transmission/transmission-repository.js';
import {
  TENANT,
  TOKEN_DIGEST,
  activeTransmission,
  newTransmission,
  openTransmission,
  payloadOf,
} from './transmissions.js';

/** Access for the contract that bypasses the port. */
export interface Behind {
  repository: TransmissionRepository;
  /** Runs SQL with `$1`… and returns its rows. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

const NOBODY: TransmissionKey = { tenantId: TENANT, transmissionId: 'acme_nobody' };

export function transmissionRepositoryContract(behind: () => Behind): void {
  const repository = (): TransmissionRepository => behind().repository;
  const auditOf = ({ tenantId, transmissionId }: TransmissionKey) =>
    behind().sql(
      'select event, from_status, to_status, actor, details from audit where tenant_id = $1 and transmission_id ' +
        '= $2 order by audit_id',
      [tenantId, transmissionId],
    );
  const jobsOf = ({ transmissionId }: TransmissionKey) =>
    behind().sql("select kind, input from job where input->'cart'->>'id' = $1", [`cart-${transmissionId}`]);
  const setTime = ({ tenantId, transmissionId }: TransmissionKey, column: string, interval: string) =>
    behind().sql(
      `update transmission set ${column} = now() + $3::interval where tenant_id = $1 and transmission_id = $2`,
      [tenantId, transmissionId, interval],
    );
  const claim = () => ({ tokenDigest: TOKEN_DIGEST, claimDigest: digestOf(newSecret()), idleMinutes: 60 });

  describe('create and find', () => {
    it('returns the stored transmission, the buyer cookie byte for byte', async () => {
      const asked = newTransmission();
      const created = await openTransmission(repository(), asked);
      const { startLinkSeconds: _link, idleMinutes: _idle, absoluteMinutes: _absolute, ...fields } = asked;
      expect(created).toMatchObject({ ...fields, status: 'open', epoch: 0, cartRevision: 0, startExpired: false });
      expect(created).not.toHaveProperty('claimDigest');
      expect(await repository().find(created)).toEqual(created);
      expect(await auditOf(created)).toEqual([
        { event: 'created', from_status: null, to_status: 'open', actor: 'buyer', details: {} },
      ]);
    });

    it('keeps U+0000 and lone surrogates of a request', async () => {
      const { request } = newTransmission();
      const created = await openTransmission(repository(), {
        request: { ...request, extrinsics: [{ name: 'odd', value: 'a\0b\ud800' }] },
      });
      expect((await repository().find(created))?.request.extrinsics).toEqual([{ name: 'odd', value: 'a\0b\ud800' }]);
    });

    it('finds nothing under another tenant', async () => {
      const { transmissionId } = await openTransmission(repository());
      expect(await repository().find({ tenantId: 'other', transmissionId })).toBeUndefined();
    });

    it('keeps a link valid beyond the idle time, but not beyond the absolute end', async () => {
      const long = await openTransmission(repository(), {
        startLinkSeconds: 7200,
        idleMinutes: 10,
        absoluteMinutes: 90,
      });
      expect(long.expiresAt).toEqual(long.absoluteExpiresAt);
      expect(long.expiresAt.getTime() - long.createdAt.getTime()).toBe(90 * 60_000);
    });

    it('reads open and active as expired after their end', async () => {
      const open = await openTransmission(repository());
      const active = await activeTransmission(repository());
      for (const key of [open, active]) {
        await setTime(key, 'expires_at', '-1 second');
        expect((await repository().find(key))?.status).toBe('expired');
      }
      expect((await repository().findByClaim(active.claimDigest ?? ''))?.status).toBe('expired');
    });
  });

  describe('an unused start link after its end', () => {
    const passed = async (): Promise<Transmission> => {
      const created = await openTransmission(repository());
      await setTime(created, 'start_expires_at', '-1 second');
      return created;
    };

    it('is expired at once, with the end of the link as its end, before the sweep and after it', async () => {
      const created = await passed();
      const before = await repository().find(created);
      expect(before).toMatchObject({ status: 'expired', expiresAt: before?.startExpiresAt });
      while ((await repository().expireDue(100)) > 0);
      expect(await repository().find(created)).toMatchObject({ status: 'expired', expiresAt: before?.startExpiresAt });
      expect((await auditOf(created)).map(({ event, to_status }) => [event, to_status])).toContainEqual([
        'time',
        'expired',
      ]);
    });

    it('cannot be cancelled or closed', async () => {
      const created = await passed();
      expect([
        await repository().end(created, 'cancelled', 'key'),
        await repository().end(created, 'closed', 'buyer'),
      ]).toEqual([false, false]);
    });

    it('is not a live session of its BuyerCookie', async () => {
      const buyerCookie = newSecret();
      const created = await openTransmission(repository(), { buyerCookie });
      expect(await repository().findByBuyerCookie(TENANT, buyerCookie)).toHaveLength(1);
      await setTime(created, 'start_expires_at', '-1 second');
      expect(await repository().findByBuyerCookie(TENANT, buyerCookie)).toEqual([]);
    });

    it('a started session is not affected', async () => {
      const active = await activeTransmission(repository());
      await setTime(active, 'start_expires_at', '-1 second');
      expect(await repository().find(active)).toMatchObject({ status: 'active', expiresAt: active.expiresAt });
      while ((await repository().expireDue(100)) > 0);
      expect((await repository().find(active))?.status).toBe('active');
    });
  });

  describe('findOpenByCallUp (architecture.md decision 6)', () => {
    it('finds an identical call-up of the same connection while its link is unclaimed and valid', async () => {
      const callUpDigest = digestOf(newSecret());
      const created = await openTransmission(repository(), { callUpDigest });
      const found = () => repository().findOpenByCallUp(TENANT, 'buyer-one', callUpDigest);
      expect((await found())?.transmissionId).toBe(created.transmissionId);
      expect(await repository().findOpenByCallUp(TENANT, 'buyer-two', callUpDigest)).toBeUndefined();
      expect(await repository().findOpenByCallUp('other', 'buyer-one', callUpDigest)).toBeUndefined();
      await setTime(created, 'start_expires_at', '-1 second');
      expect(await found()).toBeUndefined();
      await setTime(created, 'start_expires_at', '1 minute');
      await repository().claim(created, claim());
      expect(await found()).toBeUndefined();
    });
  });

  describe('create with a call-up digest (P10)', () => {
    it('stores one of five parallel call-ups, and another after that one is claimed or expired', async () => {
      const callUpDigest = digestOf(newSecret());
      const attempt = () => repository().create(newTransmission({ callUpDigest }));
      const stored = async () =>
        (await Promise.all(Array.from({ length: 5 }, attempt))).filter((transmission) => transmission !== undefined);
      const [first, ...more] = await stored();
      if (first === undefined) throw new Error('none was stored');
      expect(more).toEqual([]);
      expect(await attempt()).toBeUndefined();
      await repository().claim(first, claim());
      const [second] = await stored();
      if (second === undefined) throw new Error('none was stored after the claim');
      await setTime(second, 'start_expires_at', '-1 second');
      const [third, ...others] = await stored();
      expect(others).toEqual([]);
      expect(await repository().findOpenByCallUp(TENANT, 'buyer-one', callUpDigest)).toEqual(third);
    });
  });

  describe('claim (T01)', () => {
    it('moves open to active for the first browser and refuses the second', async () => {
      const created = await openTransmission(repository());
      const first = claim();
      const claimed = await repository().claim(created, first);
      expect(claimed).toMatchObject({ status: 'active', epoch: 1, claimDigest: first.claimDigest });
      expect(claimed?.loggedInAt).toBeInstanceOf(Date);
      expect(await repository().claim(created, claim())).toBeUndefined();
      expect(await repository().findByClaim(first.claimDigest)).toEqual(claimed);
      expect(await auditOf(created)).toEqual([
        { event: 'created', from_status: null, to_status: 'open', actor: 'buyer', details: {} },
        { event: 'login', from_status: 'open', to_status: 'active', actor: 'browser', details: {} },
      ]);
    });

    it('refuses a wrong or missing token, and any for a transmission without one; consumes nothing', async () => {
      const created = await openTransmission(repository());
      expect(await repository().claim(created, { ...claim(), tokenDigest: digestOf('other') })).toBeUndefined();
      expect(
        await repository().claim(created, { claimDigest: digestOf(newSecret()), idleMinutes: 60 }),
      ).toBeUndefined();
      expect((await repository().find(created))?.status).toBe('open');
      const free = await openTransmission(repository(), { tokenDigest: undefined });
      expect(await repository().claim(free, claim())).toBeUndefined();
      expect((await repository().claim(free, { claimDigest: digestOf(newSecret()), idleMinutes: 60 }))?.status).toBe(
        'active',
      );
    });

    it('refuses an expired link, by the database clock', async () => {
      const created = await openTransmission(repository());
      await setTime(created, 'start_expires_at', '-1 second');
      expect(await repository().claim(created, claim())).toBeUndefined();
      expect(await repository().find(created)).toMatchObject({ status: 'expired', startExpired: true });
    });

    it('never sets the end after the absolute end', async () => {
      const created = await openTransmission(repository(), { absoluteMinutes: 30, idleMinutes: 10 });
      const claimed = await repository().claim(created, claim());
      expect(claimed?.expiresAt).toEqual(claimed?.absoluteExpiresAt);
    });
  });

  describe('attachCart', () => {
    it('the first caller wins and both get the same cart', async () => {
      const created = await openTransmission(repository());
      await repository().claim(created, claim());
      const carts = await Promise.all(
        ['a', 'b', 'c'].map((id) => repository().attachCart(created, { store: 'demo', id, handle: { token: id } })),
      );
      const winners = new Set(carts.map((transmission) => transmission?.cart?.id));
      expect(winners.size).toBe(1);
      expect((await repository().find(created))?.cart).toEqual(carts[0]?.cart);
    });

    it('creates a clean-up job for the cart of each loser, and none for the kept cart', async () => {
      const created = await openTransmission(repository());
      await repository().claim(created, claim());
      const carts = ['a', 'b', 'c'].map((token) => ({
        store: 'demo',
        id: `cart-${created.transmissionId}`,
        handle: { b: token, a: '1' },
      }));
      const [kept] = await Promise.all(carts.map((cart) => repository().attachCart(created, cart)));
      const same = {
        store: 'demo',
        handle: { a: '1', b: kept?.cart?.handle?.['b'] ?? '' },
        id: `cart-${created.transmissionId}`,
      };
      await repository().attachCart(created, same);
      const lost = carts.filter(({ handle }) => handle.b !== same.handle.b);
      const jobs = await jobsOf(created);
      expect(jobs).toHaveLength(2);
      expect(jobs).toEqual(
        expect.arrayContaining(lost.map((cart) => ({ kind: 'clear-cart', input: { cart, fresh: true } }))),
      );
    });

    it('refuses when the transmission is not active, and queues the cart for deletion', async () => {
      const open = await openTransmission(repository());
      const cart = { store: 'demo', id: `cart-${open.transmissionId}` };
      expect(await repository().attachCart(open, cart)).toBeUndefined();
      expect(await jobsOf(open)).toEqual([{ kind: 'clear-cart', input: { cart, fresh: true } }]);
    });
  });

  describe('touch', () => {
    it('extends the end of an active transmission, at most once a minute, never beyond the absolute end', async () => {
      const active = await activeTransmission(repository());
      const end = async () => (await repository().find(active))?.expiresAt;
      const before = await end();
      await repository().touch(active, 60);
      expect(await end()).toEqual(before);
      await setTime(active, 'expires_at', '5 minutes');
      await repository().touch(active, 60);
      expect((await end())?.getTime()).toBeGreaterThanOrEqual(before?.getTime() ?? Infinity);
      await repository().touch(active, 9999);
      expect(await end()).toEqual(active.absoluteExpiresAt);
    });

    it('revives no ended transmission', async () => {
      const active = await activeTransmission(repository());
      await setTime(active, 'expires_at', '-1 second');
      await repository().touch(active, 60);
      expect((await repository().find(active))?.status).toBe('expired');
    });
  });

  describe('writeCart (T58)', () => {
    it('runs the write and increases the revision at its start and at its end', async () => {
      const active = await activeTransmission(repository());
      let during;
      const written = await repository().writeCart(active, async () => {
        during = (await repository().find(active))?.cartRevision;
        return 'added';
      });
      expect(written).toEqual({ ok: true, value: 'added' });
      expect(during).toBe(active.cartRevision + 1);
      expect((await repository().find(active))?.cartRevision).toBe(active.cartRevision + 2);
    });

    it('runs writes of one cart in sequence', async () => {
      const active = await activeTransmission(repository());
      let running = 0;
      let most = 0;
      const writes = await Promise.all(
        Array.from({ length: 6 }, () =>
          repository().writeCart(active, async () => {
            running += 1;
            most = Math.max(most, running);
            await new Promise(setImmediate);
            running -= 1;
          }),
        ),
      );
      expect(writes.filter(({ ok }) => ok)).toHaveLength(6);
      expect(most).toBe(1);
    });

    it('refuses when the transmission is not active, before writing', async () => {
      const open = await openTransmission(repository());
      let written = false;
      const write = async (): Promise<void> => {
        written = true;
      };
      expect(await repository().writeCart(open, write)).toEqual({ ok: false, refused: 'not_active' });
      expect(await repository().writeCart(NOBODY, write)).toEqual({ ok: false, refused: 'not_active' });
      expect(written).toBe(false);
    });

    it('refuses if the transmission ended during the write: nothing counts as added', async () => {
      const active = await activeTransmission(repository());
      const written = await repository().writeCart(active, () => repository().end(active, 'closed', 'buyer'));
      expect(written).toEqual({ ok: false, refused: 'not_active' });
    });

    it('releases the lease if the write throws, and rethrows the error', async () => {
      const active = await activeTransmission(repository());
      await expect(repository().writeCart(active, () => Promise.reject(new Error('shop is down')))).rejects.toThrow(
        'shop is down',
      );
      expect(await repository().writeCart(active, async () => 1)).toEqual({ ok: true, value: 1 });
      expect((await repository().find(active))?.cartRevision).toBe(active.cartRevision + 4);
    });

    it('is busy while another write holds the cart for 2.5 s, and continues after its lease has ended', async () => {
      const active = await activeTransmission(repository());
      const lease = [active.tenantId, active.transmissionId];
      await behind().sql(
        "update transmission set cart_lease = gen_random_uuid(), cart_lease_until = now() + interval '1 hour' " +
          'where tenant_id = $1 and transmission_id = $2',
        lease,
      );
      expect(await repository().writeCart(active, async () => 1)).toEqual({ ok: false, refused: 'busy' });
      await behind().sql(
        "update transmission set cart_lease_until = now() - interval '1 second' where tenant_id = $1 and " +
          'transmission_id = $2',
        lease,
      );
      expect(await repository().writeCart(active, async () => 1)).toEqual({ ok: true, value: 1 });
    });

    it('does not acknowledge a write whose lease was taken over', async () => {
      const active = await activeTransmission(repository());
      const written = await repository().writeCart(active, () =>
        behind().sql(
          'update transmission set cart_lease = gen_random_uuid() where tenant_id = $1 and transmission_id = $2',
          [active.tenantId, active.transmissionId],
        ),
      );
      expect(written).toEqual({ ok: false, refused: 'busy' });
    });
  });

  describe('the cart as shown to the buyer', () => {
    const lineA = { lineId: 'l1', item: 'A', quantity: '2' };
    const shown = (mark: string, lines: ShownLine[] = [lineA]) => ({ mark, lines, told: [] });
    const untold = { kind: 'line_dropped' as const, item: 'B' };

    it('is stored with the write that showed it; a successful write to lines makes it unknown', async () => {
      const active = await activeTransmission(repository());
      await repository().writeCart(
        active,
        async () => 1,
        () => ({ cart: shown('a'), asked: {} }),
      );
      expect(await repository().findShown(active)).toEqual({ shown: shown('a'), untold: [] });
      await repository().writeCart(
        active,
        async () => 1,
        () => 'as_before',
      );
      expect((await repository().findShown(active)).shown).toEqual(shown('a'));
      await repository().writeCart(active, async () => 1);
      expect((await repository().findShown(active)).shown).toBeUndefined();
      await repository().writeCart(
        active,
        async () => 1,
        () => ({ cart: shown('b'), asked: {} }),
      );
      await expect(
        repository().writeCart(
          active,
          () => Promise.reject(new Error('shop is down')),
          () => 'as_before',
        ),
      ).rejects.toThrow('shop is down');
      await repository().writeCart(
        active,
        async () => 1,
        () => 'as_before',
      );
      expect((await repository().findShown(active)).shown).toEqual(shown('b'));
    });

    it('a line that another write made disappear stays known, with its unseen notices', async () => {
      const active = await activeTransmission(repository());
      await repository().writeCart(
        active,
        async () => 1,
        () => ({ cart: shown('a'), asked: {} }),
      );
      await repository().noteUntold(active, [{ ...untold, item: 'A' }, untold]);
      await repository().writeCart(
        active,
        async () => 1,
        () => ({ cart: shown('b', []), asked: { added: new Map([['C', '1']]) } }),
      );
      expect(await repository().findShown(active)).toEqual({
        shown: shown('', [lineA]),
        untold: [{ ...untold, item: 'A' }],
      });
      await repository().writeCart(
        active,
        async () => 1,
        () => ({ cart: shown('c', []), asked: { changed: ['l1'] } }),
      );
      expect(await repository().findShown(active)).toEqual({
        shown: shown('c', [{ ...lineA, quantity: '0' }]),
        untold: [],
      });
    });

    it('a look counts only for its cart revision, and clears notices that the buyer had not seen', async () => {
      const active = await activeTransmission(repository());
      await repository().noteUntold(active, [untold]);
      await repository().noteUntold(active, [{ ...untold, item: 'C' }]);
      expect((await repository().findShown(active)).untold).toEqual([untold, { ...untold, item: 'C' }]);
      await repository().noteShown({ ...active, cartRevision: active.cartRevision + 1 }, shown('later'));
      expect((await repository().findShown(active)).shown).toBeUndefined();
      await repository().noteShown(active, shown('now'));
      expect(await repository().findShown(active)).toEqual({ shown: shown('now'), untold: [] });
    });

    it('a look at a cart that silently lost a line does not inform the buyer', async () => {
      const active = await activeTransmission(repository());
      await repository().noteShown(active, shown('a'));
      await repository().noteUntold(active, [{ ...untold, item: 'A' }]);
      await repository().noteShown(active, shown('b', []));
      expect(await repository().findShown(active)).toEqual({
        shown: shown('', [lineA]),
        untold: [{ ...untold, item: 'A' }],
      });
      await repository().noteShown(active, { ...shown('b', []), told: ['line_dropped A'] });
      expect(await repository().findShown(active)).toEqual({
        shown: { ...shown('b', []), told: ['line_dropped A'] },
        untold: [],
      });
    });

    it('a buyer who was asked about the remaining lines may add to them', async () => {
      const active = await activeTransmission(repository());
      const look = { ...active, cartRevision: active.cartRevision };
      await repository().noteShown(look, shown('a'));
      await repository().noteAsked({ ...look, cartRevision: look.cartRevision + 1 }, shown('b', []));
      expect((await repository().findShown(active)).shown).toEqual(shown('a'));
      await repository().noteAsked(look, shown('b', []));
      expect((await repository().findShown(active)).shown).toEqual(shown('a', [{ ...lineA, left: '0' }]));
      const again = shown('c', [{ ...lineA, quantity: '1' }]);
      await repository().writeCart(
        active,
        async () => 1,
        () => ({ cart: again, asked: { added: new Map([['l1', '1']]) } }),
      );
      expect((await repository().findShown(active)).shown).toEqual(again);
    });

    it('is deleted when the session ends', async () => {
      const active = await activeTransmission(repository());
      await repository().noteShown(active, shown('a'));
      await repository().noteUntold(active, [untold]);
      await repository().end(active, 'closed', 'browser');
      await repository().noteUntold(active, [untold]);
      expect(await repository().findShown(active)).toEqual({ shown: undefined, untold: [] });
      expect(await repository().findShown(NOBODY)).toEqual({ shown: undefined, untold: [] });
    });
  });

  describe('transfer (P1)', () => {
    const transferOf = (cartRevision: number, text = 'x') => ({
      cartRevision,
      payload: payloadOf(text),
      contentMark: 'mark-7',
    });

    it('stores payload, event, clean-up job and audit with the state; the payload returns byte for byte', async () => {
      const active = await activeTransmission(repository());
      const transfer = transferOf(active.cartRevision, 'ä €\r\n\t"<&>\u2028\0 \ud800 \u{1f600}  z');
      expect(await repository().transfer(active, transfer)).toBe('transferred');
      const after = await repository().find(active);
      expect(after).toMatchObject({ status: 'transferred', claimDigest: active.claimDigest });
      expect(after?.endedAt).toBeInstanceOf(Date);
      const stored = await repository().findPayload(active);
      expect(JSON.stringify(stored?.payload)).toBe(JSON.stringify(transfer.payload));
      expect(stored?.presentable).toBe(true);
      expect(await jobsOf(active)).toEqual([
        { kind: 'clear-cart', input: { cart: active.cart, contentMark: 'mark-7' } },
      ]);
      expect((await auditOf(active)).at(-1)).toMatchObject({
        event: 'transfer',
        from_status: 'active',
        to_status: 'transferred',
        details: { payloadId: transfer.payload.payloadId, kind: 'cxml', ...transfer.payload.summary },
      });
    });

    it('happens once: a second one changes nothing', async () => {
      const active = await activeTransmission(repository());
      const first = transferOf(active.cartRevision, 'first');
      await repository().transfer(active, first);
      expect(await repository().transfer(active, transferOf(active.cartRevision, 'second'))).toBe('not_active');
      expect((await repository().findPayload(active))?.payload).toEqual(first.payload);
      expect(await jobsOf(active)).toHaveLength(1);
    });

    it('returns cart_changed if the revision changed, or a write is running', async () => {
      const active = await activeTransmission(repository());
      await repository().writeCart(active, async () => undefined);
      expect(await repository().transfer(active, transferOf(active.cartRevision))).toBe('cart_changed');
      let during: string | undefined;
      await repository().writeCart(active, async () => {
        const { cartRevision = 0 } = (await repository().find(active)) ?? {};
        during = await repository().transfer(active, transferOf(cartRevision));
      });
      expect(during).toBe('cart_changed');
      const { cartRevision = 0 } = (await repository().find(active)) ?? {};
      expect(await repository().transfer(active, transferOf(cartRevision))).toBe('transferred');
    });

    it('returns not_active after the end, or for an unknown transmission', async () => {
      const active = await activeTransmission(repository());
      await setTime(active, 'expires_at', '-1 second');
      expect(await repository().transfer(active, transferOf(active.cartRevision))).toBe('not_active');
      expect(await repository().transfer(NOBODY, transferOf(0))).toBe('not_active');
    });

    it('refuses every cart write afterwards', async () => {
      const active = await activeTransmission(repository());
      await repository().transfer(active, transferOf(active.cartRevision));
      expect(await repository().writeCart(active, async () => 1)).toEqual({ ok: false, refused: 'not_active' });
    });

    it('shows a payload again for 24 hours', async () => {
      const active = await activeTransmission(repository());
      expect(await repository().findPayload(active)).toBeUndefined();
      await repository().transfer(active, transferOf(active.cartRevision));
      await behind().sql(
        "update transfer_payload set stored_at = now() - interval '24 hours 1 second' where transmission_id = $1",
        [active.transmissionId],
      );
      expect((await repository().findPayload(active))?.presentable).toBe(false);
    });
  });

  describe('end', () => {
    it('closes or cancels an open or active transmission once, and queues the cart for deletion', async () => {
      const active = await activeTransmission(repository());
      expect(await repository().end(active, 'closed', 'engineer')).toBe(true);
      expect(await repository().end(active, 'cancelled', 'engineer')).toBe(false);
      expect((await repository().find(active))?.status).toBe('closed');
      expect((await auditOf(active)).at(-1)).toEqual({
        event: 'logout',
        from_status: 'active',
        to_status: 'closed',
        actor: 'engineer',
        details: {},
      });
      expect(await jobsOf(active)).toEqual([{ kind: 'clear-cart', input: { cart: active.cart } }]);
      const open = await openTransmission(repository());
      expect(await repository().end(open, 'cancelled', 'buyer')).toBe(true);
      expect((await auditOf(open)).at(-1)).toMatchObject({
        event: 'cancel',
        from_status: 'open',
        to_status: 'cancelled',
      });
    });

    it('returns false after the end', async () => {
      const active = await activeTransmission(repository());
      await setTime(active, 'expires_at', '-1 second');
      expect(await repository().end(active, 'closed', 'buyer')).toBe(false);
    });
  });

  describe('expireDue', () => {
    it('expires due transmissions, with one audit row each, up to the limit', async () => {
      await repository().expireDue(1000);
      const due = await Promise.all([
        activeTransmission(repository()),
        openTransmission(repository()),
        activeTransmission(repository()),
      ]);
      const live = await activeTransmission(repository());
      for (const key of due) await setTime(key, 'expires_at', '-1 second');
      expect(await repository().expireDue(2)).toBe(2);
      expect(await repository().expireDue(2)).toBe(1);
      expect(await repository().expireDue(2)).toBe(0);
      expect((await repository().find(live))?.status).toBe('active');
      expect((await auditOf(due[1])).at(-1)).toEqual({
        event: 'time',
        from_status: 'open',
        to_status: 'expired',
        actor: 'clock',
        details: {},
      });
    });
  });

  describe('audit', () => {
    it('writes a row that does not change the state, and none for an unknown transmission', async () => {
      const created = await openTransmission(repository());
      await repository().audit(created, 'login_refused', { code: 'START_LINK_USED' });
      await repository().audit(NOBODY, 'login_refused', {});
      expect((await auditOf(created)).at(-1)).toEqual({
        event: 'login_refused',
        from_status: null,
        to_status: null,
        actor: 'browser',
        details: { code: 'START_LINK_USED' },
      });
      expect(await auditOf(NOBODY)).toEqual([]);
    });
  });

  describe('the table of steps (domain/transmission/transmission.ts)', () => {
    const verbs: Record<Exclude<TransmissionStep, 'order'>, (key: TransmissionKey) => Promise<unknown>> = {
      login: (key) => repository().claim(key, claim()),
      transfer: (key) => repository().transfer(key, { cartRevision: 0, payload: payloadOf('x'), contentMark: 'm' }),
      logout: (key) => repository().end(key, 'closed', 'test'),
      cancel: (key) => repository().end(key, 'cancelled', 'test'),
      time: async (key) => {
        await setTime(key, 'expires_at', '-1 second');
        await repository().expireDue(1000);
      },
    };
    const steps: (keyof typeof verbs)[] = ['login', 'transfer', 'logout', 'cancel', 'time'];
    it.each(steps)('%s changes exactly the allowed statuses', async (step) => {
      for (const status of TRANSMISSION_STATUSES) {
        const key = await openTransmission(repository());
        await behind().sql('update transmission set status = $3 where tenant_id = $1 and transmission_id = $2', [
          key.tenantId,
          key.transmissionId,
          status,
        ]);
        await verbs[step](key);
        const [row] = await behind().sql(
          'select status from transmission where tenant_id = $1 and transmission_id = $2',
          [key.tenantId, key.transmissionId],
        );
        expect({ status, after: row?.status }).toEqual({
          status,
          after: mayTake(step, status) ? stepOf(step).to : status,
        });
        const moves = (await auditOf(key)).filter(({ to_status, event }) => to_status !== null && event !== 'created');
        expect(moves).toHaveLength(mayTake(step, status) ? 1 : 0);
      }
    });
  });

  describe('restored lines (architecture.md decision 6)', () => {
    const report = [{ supplierPartId: 'A', requested: '2', got: '0', difference: 'gone' as const }];

    it('are marked once, and only during the session', async () => {
      const active = await activeTransmission(repository(), { operation: 'edit' });
      expect(active.restored).toBeUndefined();
      await repository().markRestored(active, report);
      await repository().markRestored(active, []);
      expect((await repository().find(active))?.restored).toEqual(report);
      const open = await openTransmission(repository(), { operation: 'edit' });
      const over = await activeTransmission(repository());
      await repository().end(over, 'closed', 'buyer');
      for (const key of [open, over]) {
        await repository().markRestored(key, report);
        expect((await repository().find(key))?.restored).toBeUndefined();
      }
    });
  });

  describe('end with a payload (cxml.md 7.8)', () => {
    it('stores it with the end, in one statement; a second call stores nothing', async () => {
      const active = await activeTransmission(repository());
      const ended = await Promise.all(
        ['one', 'two', 'three'].map((text) => repository().end(active, 'closed', 'buyer', payloadOf(text))),
      );
      expect(ended.filter(Boolean)).toHaveLength(1);
      const stored = await repository().findPayload(active);
      expect(stored?.payload.fields[0]?.value).toBe(['one', 'two', 'three'][ended.indexOf(true)]);
      expect(stored?.presentable).toBe(true);
      expect(await repository().find(active)).toMatchObject({ status: 'closed', endedAt: expect.any(Date) });
      expect(await jobsOf(active)).toHaveLength(1);
      expect((await auditOf(active)).filter(({ event }) => event === 'logout')).toHaveLength(1);
    });

    it('stores nothing for a session that was transferred', async () => {
      const active = await activeTransmission(repository());
      await repository().transfer(active, {
        cartRevision: active.cartRevision,
        payload: payloadOf('cart'),
        contentMark: '1',
      });
      expect(await repository().end(active, 'closed', 'buyer', payloadOf('unchanged'))).toBe(false);
      expect((await repository().findPayload(active))?.payload.fields[0]?.value).toBe('cart');
    });
  });

  describe('answers to OCI call-ups', () => {
    const factsOf = ({ tenantId }: TransmissionKey): Promise<Record<string, unknown>[]> =>
      behind().sql('select count(*)::int as n from sales_fact where tenant_id = $1', [tenantId]);

    it('oci.md 8.9: a payload is returned once, within five minutes, and stays stored', async () => {
      const active = await activeTransmission(repository());
      expect(await repository().takePayload(active)).toBeUndefined();
      await repository().transfer(active, {
        cartRevision: active.cartRevision,
        payload: payloadOf('cart'),
        contentMark: '1',
      });
      const taken = await Promise.all(Array.from({ length: 4 }, () => repository().takePayload(active)));
      expect(taken.filter((payload) => payload?.fields[0]?.value === 'cart')).toHaveLength(1);
      expect(await repository().findPayload(active)).toBeDefined();
      const late = await activeTransmission(repository());
      await repository().transfer(late, {
        cartRevision: late.cartRevision,
        payload: payloadOf('cart'),
        contentMark: '1',
      });
      await behind().sql(
        "update transfer_payload set stored_at = now() - interval '6 minutes' where transmission_id = $1",
        [late.transmissionId],
      );
      expect(await repository().takePayload(late)).toBeUndefined();
    });

    it('statistics exclude answers without a buyer', async () => {
      const before = await factsOf(NOBODY);
      const active = await activeTransmission(repository(), { uncounted: true });
      await repository().transfer(active, {
        cartRevision: active.cartRevision,
        payload: payloadOf('cart'),
        contentMark: '1',
        uncounted: true,
      });
      expect(await factsOf(NOBODY)).toEqual(before);
    });
  });
}
