import type { ErrorCode } from '../domain/error-codes.js';

/** The API families, in the order of the columns below. */
export const FAMILIES = [
  'session',
  'gateway',
  'cxml',
  'connect',
  'customStore',
  'context',
  'proxy',
  'openBuy',
] as const;
type Family = (typeof FAMILIES)[number];
type Row = readonly [
  session: number,
  gateway: number,
  cxml: number,
  connect: number,
  customStore: number,
  context: number,
  proxy: number,
  openBuy: number,
];

/** The code does not occur in this family; if it does all the same, that is a fault of ours. */
const ___ = 500;

/**
 * The status of every error code in every API family: the connector session (agiqon), the gateway in JSON and OCI
 * (PunchFlow), the Status of a cXML answer (cxml.md 3), order events (Shopware Connect), custom stores (Punchout
 * Rocket), the session context (Emporix), the shop proxy and Coupa's Open Buy. A missing code or cell does not
 * compile.
 */
// prettier-ignore
const STATUSES: Record<ErrorCode, Row> = {
  INVALID_CREDENTIALS:     [___, 401, 401, 401, 401, 401, ___, 401],
  INVALID_XML:             [___, 400, 406, ___, ___, ___, ___, ___],
  INVALID_REQUEST:         [400, 400, 400, 400, 400, 400, 400, 400],
  RETURN_URL_REFUSED:      [422, 400, 400, ___, 400, ___, ___, ___],
  OPERATION_NOT_SUPPORTED: [___, 400, 450, ___, 400, ___, ___, 400],
  OPERATION_NOT_ALLOWED:   [___, 409, 412, 403, 400, ___, ___, ___],
  ADDRESS_NOT_ALLOWED:     [___, 403, 403, ___, 403, ___, ___, 401],
  SHIP_TO_UNKNOWN:         [___, 403, 403, ___, 422, ___, ___, ___],
  RATE_LIMITED:            [429, 429, 560, 429, 429, 429, ___, 429],
  REQUEST_TOO_LARGE:       [413, 413, 400, 413, 413, 413, 413, 413],
  CLONE_REFUSED:           [___, ___, ___, ___, 422, ___, ___, ___],
  GET_NOT_ALLOWED:         [___, 405, ___, ___, ___, ___, ___, ___],
  TRANSMISSION_NOT_FOUND:  [404, 404, ___, 404, ___, 404, ___, ___],
  START_TOKEN_INVALID:     [401, 401, ___, ___, ___, ___, ___, ___],
  START_LINK_USED:         [409, 409, ___, ___, ___, ___, ___, ___],
  SESSION_ACTIVE:          [409, ___, ___, ___, ___, ___, ___, ___],
  SESSION_CANCELLED:       [400, 409, ___, ___, ___, ___, ___, ___],
  SESSION_CLOSED:          [400, 409, ___, ___, ___, 409, ___, ___],
  SESSION_TRANSFERRED:     [400, 409, ___, ___, ___, ___, ___, ___],
  ORDER_CREATED:           [400, 409, ___, ___, ___, ___, ___, ___],
  SESSION_EXPIRED:         [410, 410, ___, ___, ___, ___, ___, ___],
  NO_SESSION:              [409, 409, ___, ___, ___, ___, 409, ___],
  ROUTE_BLOCKED:           [___, ___, ___, ___, ___, ___, 403, ___],
  COOKIES_REFUSED:         [___, ___, ___, ___, ___, ___, ___, ___],
  FRAMING_REFUSED:         [___, ___, ___, ___, ___, ___, ___, ___],
  SENDING_REFUSED:         [___, ___, ___, ___, ___, ___, ___, ___],
  SESSION_AMBIGUOUS:       [___, 409, ___, ___, ___, ___, ___, ___],
  CART_EMPTY:              [409, ___, ___, ___, ___, ___, ___, ___],
  CART_CHANGED:            [409, ___, ___, ___, ___, ___, ___, ___],
  CART_CHANGING:           [409, 409, ___, ___, ___, 409, 409, ___],
  CART_NOT_ENCODABLE:      [422, 422, ___, ___, ___, ___, ___, ___],
  PRODUCT_NOT_FOUND:       [___, ___, ___, ___, ___, ___, ___, ___],
  QUANTITY_INVALID:        [___, 400, 400, ___, ___, ___, ___, ___],
  READ_ONLY_SESSION:       [403, 403, ___, ___, ___, ___, 403, ___],
  STORE_UNAVAILABLE:       [503, 503, 560, 503, 503, 503, 503, 500],
  STORE_SESSION_LOST:      [410, 410, ___, ___, ___, 503, 410, ___],
  SERVICE_UNAVAILABLE:     [503, 503, 560, 503, 503, 503, 503, 500],
  NOT_FOUND:               [404, 404, ___, 404, 404, 404, 404, 404],
  METHOD_NOT_ALLOWED:      [405, 405, 450, 405, 405, 405, ___, 405],
  IDEMPOTENCY_CONFLICT:    [___, 409, ___, ___, ___, ___, ___, ___],
  RESOURCE_NOT_FOUND:      [___, 404, ___, ___, ___, ___, ___, 404],
  RESOURCE_CONFLICT:       [___, 409, ___, ___, ___, ___, ___, ___],
  VERSION_CONFLICT:        [___, 412, ___, ___, ___, ___, ___, ___],
  VERSION_MISSING:         [___, 428, ___, ___, ___, ___, ___, ___],
  ORDER_NOT_FOUND:         [___, ___, 400, 404, ___, ___, ___, ___],
  ORDER_STEP_NOT_ALLOWED:  [___, ___, ___, 409, ___, ___, ___, ___],
  ORDER_CONFLICT:          [___, ___, 409, 409, ___, ___, ___, ___],
  HOOK_URL_REFUSED:        [___, ___, ___, 400, ___, ___, ___, ___],
  CONTEXT_VERSION:         [___, ___, ___, ___, ___, 409, ___, ___],
  CONTEXT_REFUSED:         [___, ___, ___, ___, ___, 400, ___, ___],
  INSUFFICIENT_SCOPE:      [___, ___, ___, ___, ___, 403, ___, ___],
  CUSTOMER_MISMATCH:       [___, ___, ___, ___, ___, 403, ___, ___],
  INTERNAL_ERROR:          [___, ___, ___, ___, ___, ___, ___, ___],
};

export function statusOf(family: Family, code: ErrorCode): number {
  return STATUSES[code][FAMILIES.indexOf(family)] ?? ___;
}
