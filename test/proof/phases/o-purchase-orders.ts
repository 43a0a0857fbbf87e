import { Punchout } from '../buyer/punchout.js';
import { orderXml, sendOrder } from '../buyer/purchase-order.js';
import { type PlacedOrder, checkPurchaseOrders } from '../checkers/check-purchase-orders.js';
import { FAULT_VARIABLES } from '../fault/kill-points.js';
import { History } from '../history.js';
import { inParallel, numbers } from '../in-parallel.js';
import type { ServerProcess } from '../stage/server-process.js';
import { pause } from '../stage/until.js';
import { killInTurn } from './kill-in-turn.js';
import { type Phase, type PhaseSettings, shareOf } from './phase.js';

const ORDERS = 300;
const COPIES = 5;
const AT_ONCE = 6;
const KILL_EVERY_MS = 500;
/** The copies of one order arrive within this time. */
const WITHIN_MS = 1_200;
/** Milliseconds between storing an order and recording it, so that kills happen in between. */
const SLOW_RECORDING = { [FAULT_VARIABLES.slow]: 'connect-order-create:150' };
const MOST_TRIES = 600;
const LINES = [
  { sku: 'NB-1024', quantity: 3, price: '0.89' },
  { sku: 'NB-1088', quantity: 1, price: '389.00' },
] as const;

/**
 * A buyer's purchase order arrives five times within a second while processes are killed; each copy is sent until it is
 * answered.
 */
export const purchaseOrderStorm: Phase = async ({ stage, share, random }) => {
  const processes = await stage.pair(SLOW_RECORDING, 'faulty');
  const label = `order-${random.seed}`;
  const carts = await inParallel(numbers(shareOf(ORDERS, share, 30)), 8, async (number) => ({
    orderId: `${label}-${number}`,
    transmissionId: await sentCart({ stage, random }, processes, `${label}-${number}`),
  }));
  const killer = killInTurn(processes, random.fork('killer'), { everyMs: KILL_EVERY_MS, environment: SLOW_RECORDING });
  let unanswered = 0;
  let kills = 0;
  const placed: PlacedOrder[] = [];
  try {
    await inParallel(carts, AT_ONCE, async ({ orderId, transmissionId }) => {
      const own = random.fork(orderId);
      const answers = await Promise.all(
        numbers(COPIES).map(async (copy) => {
          // The last copy is the same order with another payload id, as from a buyer's system that lost its state.
          const document = orderXml({
            orderId,
            payloadId: copy === COPIES - 1 ? `${orderId}-again@buyer.example` : `${orderId}@buyer.example`,
            quote: transmissionId.slice('demo_'.length),
            lines: LINES,
          });
          await pause(own.below(WITHIN_MS));
          for (let tries = 0; tries < MOST_TRIES; tries += 1) {
            const answer = await sendOrder(own.pick(processes), document);
            if (answer !== undefined) return answer;
            unanswered += 1;
            await pause(50);
          }
          return undefined;
        }),
      );
      placed.push({ orderId, transmissionId, answers });
    });
  } finally {
    kills = await killer.stop();
  }
  const acked = placed.reduce((sum, { answers }) => sum + answers.filter((answer) => answer !== undefined).length, 0);
  return {
    tried: acked + unanswered,
    acked,
    refused: 0,
    unknown: unanswered,
    faults: kills,
    findings: await checkPurchaseOrders(stage.database, placed),
    facts: { orders: placed.length, kills },
  };
};

/** A cart that was returned to the buyer. Throws if one of these undisturbed steps fails. */
async function sentCart(
  { stage, random }: Pick<PhaseSettings, 'stage' | 'random'>,
  processes: readonly [ServerProcess, ServerProcess],
  name: string,
): Promise<string> {
  const own = random.fork(name);
  const history = new History();
  const punchout = new Punchout({ history, erp: stage.erp, random: own }, name);
  const to = own.pick(processes);
  await punchout.setUp(to);
  await punchout.logIn(to);
  for (const { sku, quantity } of LINES) await punchout.add(to, sku, quantity);
  await punchout.transfer(to, 'json');
  const failed = history.calls.find(({ outcome }) => outcome !== 'acknowledged');
  if (failed !== undefined)
    throw new Error(`${failed.kind} of ${name} failed where nothing was broken: ${failed.status}`);
  return punchout.transmissionId;
}
