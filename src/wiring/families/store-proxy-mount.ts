import type { RequestHandler } from 'express';
import { readTraceParent, readTraceState } from '../../domain/trace-parent.js';
import type { WatchRefusal } from '../../http/refusal-log.js';
import type { ConnectorSession, StoreProxyOptions } from '../../http/middleware.js';
import type { ShownCart } from '../../domain/cart/shown-cart.js';
import { storeProxy } from '../../http/store-proxy/store-proxy.js';
import { cartOf, exclusiveWrite } from '../../usecases/punchout/change-cart.js';
import { followStore, contextOfSession } from '../../usecases/context/session-context-access.js';
import { readyCart } from '../../usecases/punchout/ready-cart.js';
import { addressesOf, type BrowserSide, frontendOrigins } from './browser-side.js';
import type { Parts } from '../shared-use-cases.js';

type StoreProxyParts = Pick<
  Parts,
  'log' | 'options' | 'secrets' | 'readBody' | 'sessionContext' | 'store' | 'tenants' | 'tracing' | 'transmissions'
>;

/**
 * The guarded proxy before the store's own API. Throws TypeError for a store that has none, or options that it cannot
 * read.
 */
export function storeProxyMount(
  parts: StoreProxyParts,
  { jar, browser, sessions, cors }: BrowserSide,
  watch: WatchRefusal,
): (options?: StoreProxyOptions) => RequestHandler {
  const { store, transmissions, tenants, log } = parts;
  return (options = {}) => {
    if (store.proxyPolicy === undefined)
      throw new TypeError(`the store "${store.name}" has no API to guard (Store.proxyPolicy)`);
    const ready = readyCart({ transmissions, store });
    const follow = followStore({ context: contextOfSession(parts.sessionContext), store, transmissions });
    // The shop has done it: what we make of it must not look like a failure of that.
    const contextMoved = async (session: ConnectorSession): Promise<void> => {
      try {
        const outcome = await follow(session);
        if (outcome !== undefined && !outcome.ok)
          log.warn(
            { session: session.transmission.transmissionId, reason: outcome.refusal.reason ?? outcome.refusal.code },
            'the session context does not follow the shop',
          );
      } catch (error) {
        log.warn(
          { err: error, session: session.transmission.transmissionId },
          'the session context does not follow the shop',
        );
      }
    };
    const shown = async ({ transmission }: ConnectorSession, cart: ShownCart): Promise<void> => {
      try {
        await transmissions.noteShown(transmission, cart);
      } catch (error) {
        log.warn({ err: error, session: transmission.transmissionId }, 'what the buyer is shown could not be noted');
      }
    };
    const proxy = storeProxy(
      {
        policy: store.proxyPolicy({ allow: options.allow ?? [] }),
        jar,
        browser,
        sessions,
        cors,
        publicOrigin: addressesOf(parts).publicUrl,
        frontendOrigins: frontendOrigins(tenants),
        cartOf: async ({ transmission }) => cartOf(await ready(transmission)),
        write: exclusiveWrite({ transmissions, store }),
        contextMoved,
        shown,
        readBody: parts.readBody,
        traceHeaders: parts.tracing.headers,
        watch,
        log,
      },
      options,
    );
    return (req, res, next) =>
      parts.tracing.follow(
        readTraceParent(req.get('traceparent')),
        () => proxy(req, res, next),
        readTraceState(req.get('tracestate')),
      );
  };
}
