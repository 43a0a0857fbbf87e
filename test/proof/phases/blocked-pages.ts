import type { Sending } from '../buyer/browser.js';

type Page = readonly [path: string, sending: Sending];

/**
 * Pages and actions that are blocked during a punchout (connector session, shopware.md 1.2), as requests of browsers
 * and of programs.
 */
export const BLOCKED_PAGES: readonly [Page, ...Page[]] = [
  ['/checkout/confirm', {}],
  ['/checkout/finish', {}],
  ['/checkout/register', {}],
  ['/checkout/order', { method: 'POST', form: { tos: 'on' } }],
  ['/checkout/order', { method: 'POST', accept: 'json', json: { tos: true } }],
  ['/account', {}],
  ['/account/profile', { accept: 'json' }],
  ['/account/order', {}],
  ['/account/login', { method: 'POST', form: { username: 'a', password: 'b' } }],
  ['/widgets/account/order/detail/1', {}],
  ['/customer-group-registration/1', {}],
  ['//checkout//confirm/', {}],
  ['/de/Checkout/%63onfirm?x=1', {}],
];
