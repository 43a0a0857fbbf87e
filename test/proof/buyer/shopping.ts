import type { History } from '../history.js';
import { inParallel, numbers } from '../in-parallel.js';
import type { Random } from '../random.js';
import type { Erp } from '../stage/erp.js';
import type { ServerProcess } from '../stage/server-process.js';
import { Punchout } from './punchout.js';
import { type WantedCart, wantedCart } from './wanted-cart.js';

export interface Shopper {
  punchout: Punchout;
  wanted: WantedCart;
  random: Random;
}

interface Plan {
  count: number;
  /** Makes the names of these buyers unique. */
  label: string;
  processes: readonly [ServerProcess, ...ServerProcess[]];
  history: History;
  erp: Erp;
  random: Random;
  /** They stop after the call-up. */
  onlySetUp?: boolean;
}

/** Logged-in buyers with filled carts, half of them by OCI. Throws if one of these undisturbed steps fails. */
export async function shoppers({
  count,
  label,
  processes,
  history,
  erp,
  random,
  onlySetUp = false,
}: Plan): Promise<Shopper[]> {
  return inParallel(numbers(count), 16, async (number) => {
    const own = random.fork(`${label}-${number}`);
    const punchout = new Punchout({ history, erp, random: own }, `${label}-${number}`);
    const wanted = wantedCart(own);
    await demand(
      `the call-up of ${label}-${number}`,
      async () => punchout.setUp(own.pick(processes), own.below(2) === 0 ? 'cxml' : 'oci'),
      history,
    );
    if (onlySetUp) return { punchout, wanted, random: own };
    await demand(
      `the login of ${label}-${number}`,
      async () => (await punchout.logIn(own.pick(processes))).outcome === 'acknowledged',
      history,
    );
    for (const [sku, quantity] of wanted) {
      await demand(
        `an article of ${label}-${number}`,
        async () => (await punchout.add(own.pick(processes), sku, quantity)).outcome === 'acknowledged',
        history,
      );
    }
    return { punchout, wanted, random: own };
  });
}

async function demand(what: string, act: () => Promise<boolean>, history: History): Promise<void> {
  if (!(await act())) throw new Error(`${what} failed where nothing was broken: ${history.calls.at(-1)?.status}`);
}
