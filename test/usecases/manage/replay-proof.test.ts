import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { tryCart } from '../../../src/adapters/cart-encoder/preview-cart.js';
import { sampleCart, sampleTransmission } from '../../../src/adapters/cart-encoder/sample-cart.js';
import { settingsOf } from '../../../src/config/connection-settings.js';
import { mergeSettings } from '../../../src/domain/access/merge-settings.js';
import type { Connection } from '../../../src/domain/access/connection.js';
import { compareTried } from '../../../src/domain/replay/replay.js';
import type { Protocol } from '../../../src/domain/transmission/protocol.js';
import { type SentCart, keptCartText, sentCartOf } from '../../../src/domain/transmission/sent-cart.js';
import { anyCart } from '../../protocols/cxml/any-cart.js';
import { SETTING_CHANGES } from './setting-changes.js';

const GIVEN = { returnOrigins: ['https://erp.example.com'] };
const PAYLOAD_ID = `${Date.UTC(2026, 0, 1)}.replay@shop.example`;
/** Mapped, so that carts go through all of the mapping. */
const MAPPED: Record<Protocol, object> = {
  cxml: {
    ...GIVEN,
    units: { piece: 'EA' },
    cxml: { version: '1.2.050', customFieldsAsExtrinsics: true },
    mapping: {
      cxml: { 'Extrinsic.Number': { from: 'line.sku', transforms: ['upper', { maxLength: 20 }] } },
      classifications: { domains: ['UNSPSC', 'eClass'] },
    },
  },
  oci: {
    ...GIVEN,
    units: { piece: 'EA' },
    oci: { charset: 'iso-8859-1', shippingAsLine: true },
    mapping: { oci: { CUST_FIELD5: { from: 'line.customFields.Größe', fallbacks: ['line.name'] } } },
  },
  repost: GIVEN,
};

function connectionWith(protocol: Protocol, given: object): Connection {
  const settings = settingsOf(given, protocol);
  if (!settings.ok) throw new Error(settings.refusal.reason);
  // As tenants set them; they change no document.
  const policy = {
    idleMinutes: 60,
    absoluteMinutes: 480,
    startToken: 'opaque' as const,
    allowedAddresses: [],
    requestsPerMinute: 0,
    requestsPerAddress: 0,
  };
  return {
    tenantId: 'acme',
    connectionId: 'c',
    name: 'c',
    protocol,
    demo: false,
    settings: { ...policy, ...settings.value },
  };
}

/** All with PROOF=1. */
const CARTS = process.env['PROOF'] === undefined ? 1_000 : 10_000;

describe('what a replay finds', () => {
  it(`of ${CARTS} carts, sent again from what is kept with the same settings: no difference`, () => {
    let written = 0;
    const ofProtocol = (protocol: Protocol, runs: number): void => {
      const [before, after] = [connectionWith(protocol, MAPPED[protocol]), connectionWith(protocol, MAPPED[protocol])];
      const transmission = sampleTransmission(before);
      fc.assert(
        fc.property(anyCart, (cart) => {
          const original = tryCart({ transmission, connection: before, cart }, PAYLOAD_ID);
          const kept = JSON.parse(keptCartText(sentCartOf(PAYLOAD_ID, { cart })) ?? '') as SentCart;
          const again = tryCart({ transmission, connection: after, cart: kept.cart }, kept.payloadId);
          if (original.document.length > 0) written += 1;
          expect(compareTried(original, again)).toBeUndefined();
        }),
        { numRuns: runs },
      );
    };
    ofProtocol('cxml', CARTS * 0.5);
    ofProtocol('oci', CARTS * 0.4);
    ofProtocol('repost', CARTS * 0.1);
    // Most of them are documents, not refusals.
    expect(written).toBeGreaterThan(CARTS * 0.4);
  }, 120_000);

  it('there are at least 30 changes of settings', () => {
    expect(SETTING_CHANGES.length).toBeGreaterThanOrEqual(30);
  });

  it.each(SETTING_CHANGES.map((change) => [`${change.protocol} ${JSON.stringify(change.change)}`, change] as const))(
    '%s changes exactly the expected places',
    (_, { protocol, change, changes = [], gained = [], lost = [], refused }) => {
      const before = connectionWith(protocol, GIVEN);
      const after = connectionWith(protocol, mergeSettings(GIVEN, change));
      const transmission = sampleTransmission(before);
      const found = compareTried(
        tryCart({ transmission, connection: before, cart: sampleCart() }, PAYLOAD_ID),
        tryCart({ transmission, connection: after, cart: sampleCart() }, PAYLOAD_ID),
      );
      const { changes: lines = [], refusedAfter } = found ?? {};
      expect({
        changes: lines.map((line) => [line.before?.text.trim() ?? null, line.after?.text.trim() ?? null]),
        gained: (found?.gained ?? []).map(({ code, message }) => code ?? message),
        lost: (found?.lost ?? []).map(({ code, message }) => code ?? message),
        refused: refusedAfter,
      }).toEqual({ changes, gained, lost, refused });
    },
  );
});
