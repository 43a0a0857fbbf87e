import { PRODUCTS } from '../src/adapters/stores/demo/catalogue/catalogue.js';
import type { Target } from './http-rows.js';
import type { Call } from './load.js';
import { setupDocument } from './setup-document.js';

const TEN_LINES = PRODUCTS.filter(({ soldOut, step }) => soldOut !== true && step === undefined)
  .slice(0, 10)
  .map(({ sku }) => ({ supplierPartId: sku, quantity: '2' }));

let serial = 0;

/** The requests of the measured server. */
export function ourTarget(port: number, pid: number | undefined): Target {
  return {
    url: `http://127.0.0.1:${port}`,
    pid,
    page: () => ({ path: '/page' }),
    setup: () => setupCall(`${(serial += 1)}.${process.pid}@bench`, '/v1/punchout/setup'),
    login: (path) => ({ path, headers: { 'sec-fetch-mode': 'navigate' } }),
    session: (cookie) => ({ path: '/agiqon/connector/session/get', headers: { cookie } }),
    blocked: (cookie) => ({ path: '/checkout/confirm', headers: { cookie } }),
    transfer: (cookie) => ({
      method: 'POST',
      path: '/agiqon/connector/session/logout?transferred=1',
      headers: { cookie },
    }),
    fill: (cookie) => [fillCall(cookie, TEN_LINES)],
  };
}

/** The requests of the floor. */
export function floorTarget(port: number, pid: number | undefined): Target {
  return {
    url: `http://127.0.0.1:${port}`,
    pid,
    page: () => ({ path: '/page' }),
    setup: () => setupCall('floor@bench', '/setup'),
    login: (path) => ({ path, headers: { 'sec-fetch-mode': 'navigate' } }),
    session: (cookie) => ({ path: '/session', headers: { cookie } }),
    blocked: (cookie) => ({ path: '/blocked', headers: { cookie } }),
    transfer: (cookie) => ({ method: 'POST', path: '/transfer', headers: { cookie } }),
  };
}

/** Puts lines into the cart of a session of the measured server. */
export function fillCall(cookie: string, lines: readonly { supplierPartId: string; quantity: string }[]): Call {
  return {
    method: 'POST',
    path: '/fill',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(lines),
  };
}

function setupCall(payloadId: string, path: string): Call {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: setupDocument(payloadId),
  };
}
