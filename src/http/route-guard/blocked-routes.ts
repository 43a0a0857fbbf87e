import type { IncomingMessage } from 'node:http';

export interface RouteGuardOptions extends RouteJudgeOptions {
  /** The name of the route a request is for, where the shop's framework knows names. Paths are judged as well. */
  routeName?(req: IncomingMessage): string | undefined;
}

export interface RouteJudgeOptions {
  /** Instead of BLOCKED_ROUTES. */
  routes?: readonly BlockedRoute[];
  /** Where the shop lives when that is not the root, e.g. `/shop` or `/de`. */
  basePaths?: readonly string[];
}

/** A page or action that a buyer must not reach while he is on a punchout. */
export interface BlockedRoute {
  /** Framework route names; a last `.**` stands for any further parts. */
  names: readonly string[];
  /** Path in the shop; a last `/**` stands for any further segments (also none). */
  paths: readonly string[];
}

/**
 * Agiqon's nine routes and their neighbours of shopware.md 1.2. Two of agiqon's names are in no Shopware
 * (`frontend.account.order.detail.page`, `frontend.customer-group-registration.page`): blocked beside the real ones, and so are the
 * Store API's addresses of the same actions.
 */
export const BLOCKED_ROUTES: readonly BlockedRoute[] = [
  {
    names: [
      'frontend.checkout.confirm.page',
      'frontend.checkout.finish.page',
      'frontend.checkout.finish.order',
      'frontend.checkout.register.page',
    ],
    paths: [
      '/checkout/confirm',
      '/checkout/finish',
      '/checkout/order',
      '/checkout/register',
      '/store-api/checkout/order',
      '/store-api/checkout/gateway',
      '/store-api/handle-payment',
    ],
  },
  {
    names: ['frontend.account.**', 'widgets.account.**', 'frontend.customer-group-registration.page'],
    paths: [
      '/account/**',
      '/widgets/account/**',
      '/customer-group-registration/**',
      '/registration/confirm',
      '/store-api/account/**',
      '/store-api/order/**',
      '/store-api/document/download/**',
      '/store-api/customer-group-registration/**',
    ],
  },
];
