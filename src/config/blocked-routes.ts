import type { IncomingMessage } from 'node:http';

export interface RouteGuardOptions extends RouteJudgeOptions {
  /** Route name of a request, if the shop's framework has route names. Paths are checked too. */
  routeName?(req: IncomingMessage): string | undefined;
  /** Path of the page that a buyer sees instead of a blocked one. Default: the store's cart page. */
  page?: string;
}

export interface RouteJudgeOptions {
  /** Replaces BLOCKED_ROUTES. */
  routes?: readonly BlockedRoute[];
  /** Paths below which the shop runs if it is not at the root, e.g. `/shop` or `/de`. */
  basePaths?: readonly string[];
}

/** A page or action that a buyer must not reach during a punchout. */
export interface BlockedRoute {
  /** Framework route names. A trailing `.**` matches any further parts. */
  names: readonly string[];
  /** Path in the shop. A trailing `/**` matches any further segments, or none. */
  paths: readonly string[];
}

/**
 * Agiqon's nine routes and related routes of shopware.md 1.2. Two of agiqon's names exist in no Shopware version
 * (`frontend.account.order.detail.page`, `frontend.customer-group-registration.page`). They are blocked together with
 * the real ones, and so are the Store API paths of the same actions.
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
