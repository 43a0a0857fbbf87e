/** A page or action that a buyer must not reach while he is on a punchout. */
export interface BlockedRoute {
  /** Framework route names; a last `.**` stands for any further parts. */
  names: readonly string[];
  /** Path in the shop; a last `/**` stands for any further segments (also none). */
  paths: readonly string[];
}

/**
 * Source 000's nine routes and their neighbours of shopware/FACTS.md 1.2. Two of source 000's names are in no Shopware
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
