import { setTimeout } from 'node:timers/promises';
import type { LeasedHook } from '../ports/orders/hook-repository.js';
import type { Logger } from '../ports/logger.js';
import { type DeliverDeps, type Delivered, deliverHook } from './deliver-hook.js';
import { places } from './bounds.js';
import type { Worker } from './worker.js';

interface Deps extends Omit<DeliverDeps, 'isStopping' | 'random'> {
  /** Told of each turn. */
  delivered: (hook: LeasedHook, turn: Delivered) => void;
  log: Logger;
}

/** Hooks that are served at the same time: a slow one takes a place, and no other's. */
const PLACES = 128;
/** Of one tenant, whose slow subscribers hold up nobody else. */
const PLACES_OF_TENANT = 64;
const PAUSE_MS = 500;
/** While there is something to do. */
const BUSY_PAUSE_MS = 20;
const AFTER_FAULT_MS = 1_000;

/** Serves hooks that have something to get, tenants in turn, until it is stopped; any number of processes may do it side by side. */
export function startHookDeliveries({ hooks, delivered, log, ...rest }: Deps): Worker {
  const stopping = new AbortController();
  const deps: DeliverDeps = { hooks, ...rest, random: Math.random, isStopping: () => stopping.signal.aborted };
  const held = places(PLACES, PLACES_OF_TENANT);

  async function serve(hook: LeasedHook): Promise<void> {
    const facts = { tenant: hook.tenantId, shop: hook.shopId, hook: hook.hookId };
    try {
      const turn = await deliverHook(deps, hook);
      delivered(hook, turn);
      if (turn.paused)
        log.error(
          { ...facts, reason: turn.error },
          'ALARM: a hook is paused, its events wait for `punchout hooks resume`',
        );
      else if (turn.error !== undefined)
        log.warn({ ...facts, reason: turn.error }, 'a hook failed, will be tried again');
    } catch (error) {
      log.warn({ err: error, ...facts }, 'a hook could not be served, its lease runs out');
    }
  }

  async function takeSome(): Promise<number> {
    const taken = await hooks.take(held.free(), deps.leaseSeconds, held.shares());
    for (const hook of taken) held.hold(hook.tenantId, serve(hook));
    return taken.length;
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pauseMs = PAUSE_MS;
      try {
        if (held.free() === 0 || (await takeSome()) > 0) pauseMs = BUSY_PAUSE_MS;
      } catch (error) {
        log.warn({ err: error }, 'hooks could not be taken');
        pauseMs = AFTER_FAULT_MS;
      }
      await setTimeout(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await held.allFree();
  }

  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
