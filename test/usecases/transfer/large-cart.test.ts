import { expect, it } from '@jest/globals';
import { sampleCart, sampleTransmission } from '../../../src/adapters/cart-encoder/sample-cart.js';
import { transferTransmission } from '../../../src/adapters/postgres/transmissions/transfer-transmission.js';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { connectionSettings } from '../../../src/config/connection-settings.js';
import type { Connection } from '../../../src/domain/access/connection.js';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import { accept } from '../../../src/domain/error-codes.js';
import { giveWay } from '../../../src/domain/give-way.js';
import type { TransferPayload } from '../../../src/domain/transmission/transfer-payload.js';
import { transferCart } from '../../../src/usecases/transfer/transfer-cart.js';
import { payloadOf } from '../../contracts/transmissions.js';

const RETURN_URL = 'https://erp.example.com/return';
const [LARGE, SMALL] = [1_000, 10];

/** Counts the turns of the event loop in which other requests could have been read. Ends with `stop`. */
function countTurns(): { now(): number; stop(): void } {
  let turns = 0;
  let timer = setTimeout(count, 0);
  function count(): void {
    turns += 1;
    timer = setTimeout(count, 0);
  }
  return { now: () => turns, stop: () => clearTimeout(timer) };
}

/** Lets timers that are due run, as they would after a millisecond of work. */
function work(): void {
  const until = performance.now() + 2;
  while (performance.now() < until);
}

function cartOf(count: number): Cart {
  const [line] = sampleCart().lines;
  return {
    ...sampleCart(),
    lines: Array.from({ length: count }, (_, at) => ({ ...(line as CartLine), lineId: `line-${at}` })),
  };
}

function payloadWith(linesCount: number): TransferPayload {
  return { ...payloadOf('text'), summary: { itemsCount: '1', linesCount, totalAmount: '1.00', currency: 'EUR' } };
}

/** The steps of a transfer whose shop and database answer at once, each with the number of turns before it. */
async function stepsOf(lines: number): Promise<Record<string, number>> {
  const settings = connectionSettings({ returnOrigins: ['https://erp.example.com'] });
  if (!settings.ok) throw new Error(settings.refusal.reason);
  const connection = {
    tenantId: 'acme',
    connectionId: 'buyer-one',
    protocol: 'cxml',
    settings: settings.value,
  } as Connection;
  const transmission = {
    ...sampleTransmission(connection),
    returnUrl: RETURN_URL,
    cart: { store: 'demo', id: 'cart-1' },
  };
  const turns = countTurns();
  const steps: Record<string, number> = {};
  const step = (name: string): void => {
    work();
    steps[name] = turns.now();
  };
  const store = transferTransmission({
    query: () => {
      step('sent');
      return Promise.resolve([{ n: 0 }]);
    },
  } as unknown as Database);
  const transfer = transferCart({
    demoEnabled: false,
    publicUrl: 'https://shop.example.com',
    transmissions: {
      findShown: () => Promise.resolve({ untold: [] }),
      transfer: async (...wish: Parameters<typeof store>) => {
        step('stored');
        return store(...wish);
      },
    },
    store: {
      readCart: () => {
        step('read');
        return Promise.resolve(cartOf(lines));
      },
    },
    encoder: {
      encode: () => {
        step('encoded');
        return accept(payloadWith(lines));
      },
    },
    categoryNumbers: { numbersOf: () => Promise.resolve(new Map()) },
    transferHandler: undefined,
    emit: () => undefined,
  } as unknown as Parameters<typeof transferCart>[0]);
  try {
    const outcome = await transfer({ transmission, connection, emptyConfirmed: false });
    expect(outcome.ok).toBe(true);
    return steps;
  } finally {
    turns.stop();
  }
}

it('a large cart is read, encoded, written as JSON and sent in turns of the event loop of their own', async () => {
  const { read = NaN, encoded = NaN, stored = NaN, sent = NaN } = await stepsOf(LARGE);
  expect([encoded > read, stored > encoded, sent > stored]).toEqual([true, true, true]);
});

it('a small cart waits for no turn before its statement', async () => {
  const { read = NaN, encoded, stored } = await stepsOf(SMALL);
  expect([encoded, stored]).toEqual([read, read]);
});

it('input that arrives before it is served first', async () => {
  const served: string[] = [];
  const waited = giveWay().then(() => served.push('the cart'));
  setTimeout(() => served.push('another'), 0);
  work();
  await waited;
  expect(served).toEqual(['another', 'the cart']);
});
