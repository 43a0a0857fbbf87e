import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { sessionContexts, sites } from '../../src/adapters/postgres/context/session-contexts.js';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { transmissionRepository } from '../../src/adapters/postgres/transmissions/transmission-repository.js';
import { changeContext } from '../../src/usecases/context/change-context.js';
import { readContext } from '../../src/usecases/context/read-context.js';
import type { Store } from '../../src/ports/store/store.js';
import { describeOnDatabases } from './databases.js';
import { TENANT, activeTransmission } from './transmissions.js';

describeOnDatabases('session context: 200 changes with one version', (database) => {
  it.each(['punchout', 'upserted'])(
    'of a %s: one succeeds, the rest are refused with the version, which is one further in the end',
    async (kind) => {
      const transmissions = transmissionRepository(database());
      const contexts = sessionContexts(database());
      await tenantRepository(database()).save({ tenantId: TENANT, name: TENANT, settings: { frontendOrigins: [] } });
      let storeChanges = 0;
      const store = {
        readCart: () => Promise.resolve({ currency: 'EUR', language: 'de', cartId: 'c', contentMark: '1', lines: [] }),
        changeContext: (cart) => {
          storeChanges += 1;
          return Promise.resolve({ ok: true, cart: { ...cart, handle: { currency: 'CHF' } } });
        },
      } satisfies Pick<Store, 'readCart' | 'changeContext'>;
      const read = readContext({ contexts, sites: sites(database()), transmissions, store });
      const change = changeContext({
        contexts,
        sites: sites(database()),
        transmissions,
        store,
        read,
        changed: () => undefined,
      });
      const sessionId = kind === 'punchout' ? (await activeTransmission(transmissions)).transmissionId : randomUUID();
      const command = { tenantId: TENANT, sessionId, upsert: true, actor: 'client:test' };
      if (kind === 'punchout') await read(TENANT, sessionId);
      else await change({ ...command, wish: { currency: 'EUR' } });

      const outcomes = await Promise.all(
        Array.from({ length: 200 }, () => change({ ...command, wish: { currency: 'CHF' }, version: 1 })),
      );
      expect(outcomes.filter(({ ok }) => ok).length).toBe(1);
      // A call that waited for another one gets a different code; both are 409 with the version.
      const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal]));
      expect(
        refusals.filter(
          ({ code, details }) =>
            !['CONTEXT_VERSION', 'CART_CHANGING'].includes(code) || details?.['version'] === undefined,
        ),
      ).toEqual([]);
      if (kind === 'upserted') expect(refusals.filter(({ code }) => code !== 'CONTEXT_VERSION')).toEqual([]);
      expect(await contexts.find(TENANT, sessionId)).toMatchObject({ version: 2, fields: { currency: 'CHF' } });
      expect(storeChanges).toBe(kind === 'punchout' ? 1 : 0);
      if (kind === 'punchout')
        expect(await transmissions.find({ tenantId: TENANT, transmissionId: sessionId })).toMatchObject({
          cart: { handle: { currency: 'CHF' } },
        });
    },
    60_000,
  );
});
