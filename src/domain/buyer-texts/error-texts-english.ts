import type { ErrorCode } from '../error-codes.js';

export interface ErrorTexts {
  title: string;
  text: string;
  /** What to do next. */
  hint: string;
}

/** Codes that no page shows, only answers to programs. A page for one of them has the text of INTERNAL_ERROR. */
export type NotOnPages = Extract<
  ErrorCode,
  | 'INVALID_XML'
  | 'CLONE_REFUSED'
  | 'FRAMING_REFUSED'
  | 'SENDING_REFUSED'
  | 'SESSION_AMBIGUOUS'
  | 'PRODUCT_NOT_FOUND'
  | 'QUANTITY_INVALID'
  | 'IDEMPOTENCY_CONFLICT'
  | 'RESOURCE_NOT_FOUND'
  | 'RESOURCE_CONFLICT'
  | 'VERSION_CONFLICT'
  | 'VERSION_MISSING'
  | 'ORDER_NOT_FOUND'
  | 'ORDER_STEP_NOT_ALLOWED'
  | 'ORDER_CONFLICT'
  | 'HOOK_URL_REFUSED'
  | 'CONTEXT_VERSION'
  | 'CONTEXT_REFUSED'
  | 'INSUFFICIENT_SCOPE'
  | 'CUSTOMER_MISMATCH'
>;

/** What a buyer's browser shows for each code. A missing code does not compile. */
export type PageTexts = Record<Exclude<ErrorCode, NotOnPages> | 'LINK_NOT_USED', ErrorTexts>;

const START_AGAIN = 'Please open the shop again from your procurement system.';
const TELL_ADMIN = 'Please tell the people who run your procurement system, and give them the code below.';

export const ENGLISH_ERROR_TEXTS: PageTexts = {
  /** SESSION_EXPIRED before the first login. */
  LINK_NOT_USED: {
    title: 'This start link has expired',
    text: 'The link was not used in time, so the shop was never opened with it.',
    hint: 'Please ask your procurement system for a new one: open the shop again from there.',
  },
  INTERNAL_ERROR: {
    title: 'Something went wrong',
    text: 'The mistake is on our side, and it is in our log.',
    hint: 'Please try again in a moment. If it happens again, give us the reference below.',
  },
  INVALID_CREDENTIALS: {
    title: 'The shop did not accept the access data',
    text: 'User name or password of your procurement system are not the ones we know.',
    hint: TELL_ADMIN,
  },
  INVALID_REQUEST: {
    title: 'The shop did not understand the request',
    text: 'Something that your procurement system must send is missing or malformed.',
    hint: TELL_ADMIN,
  },
  RETURN_URL_REFUSED: {
    title: 'The return address is not agreed',
    text: 'Your procurement system wants the cart at an address that is not on our list.',
    hint: TELL_ADMIN,
  },
  OPERATION_NOT_SUPPORTED: {
    title: 'The shop cannot do that',
    text: 'Your procurement system asked for something this shop does not offer.',
    hint: TELL_ADMIN,
  },
  OPERATION_NOT_ALLOWED: {
    title: 'That is not agreed',
    text: 'Your procurement system wants to open an earlier cart in a way that was not agreed with the shop.',
    hint: TELL_ADMIN,
  },
  ADDRESS_NOT_ALLOWED: {
    title: 'The shop cannot be called from here',
    text: 'The access data of your procurement system may not be used from this network.',
    hint: TELL_ADMIN,
  },
  SHIP_TO_UNKNOWN: {
    title: 'The shop does not know this delivery address',
    text: 'Your procurement system named a delivery address for which the shop has no customer yet.',
    hint: TELL_ADMIN,
  },
  RATE_LIMITED: {
    title: 'Too many requests',
    text: 'The shop was asked too often in a short time.',
    hint: 'Please wait a minute and try again.',
  },
  REQUEST_TOO_LARGE: {
    title: 'That was too much at once',
    text: 'The request is larger than the shop accepts.',
    hint: TELL_ADMIN,
  },
  GET_NOT_ALLOWED: {
    title: 'The shop must be called differently',
    text: 'Your procurement system sent its access data in the address. We accept them only in a form (POST).',
    hint: TELL_ADMIN,
  },
  TRANSMISSION_NOT_FOUND: {
    title: 'We do not know this session',
    text: 'The address is incomplete, or the session is long gone.',
    hint: START_AGAIN,
  },
  START_TOKEN_INVALID: {
    title: 'This start link is not valid',
    text: 'It is incomplete or was changed on its way.',
    hint: START_AGAIN,
  },
  START_LINK_USED: {
    title: 'This start link was already used',
    text: 'Each link opens the shop once, in one browser. Somebody, perhaps you, opened it in another one.',
    hint: START_AGAIN,
  },
  SESSION_ACTIVE: {
    title: 'You are already shopping',
    text: 'Another punchout session is open in this browser.',
    hint: 'Finish it or end it, then open the shop again.',
  },
  SESSION_CANCELLED: { title: 'This session was cancelled', text: 'Nothing was transferred.', hint: START_AGAIN },
  SESSION_CLOSED: { title: 'This session has ended', text: 'Nothing was transferred.', hint: START_AGAIN },
  SESSION_TRANSFERRED: {
    title: 'This cart was already transferred',
    text: 'You will find it in your procurement system.',
    hint: 'To order more, open the shop again from there.',
  },
  ORDER_CREATED: {
    title: 'This cart was already ordered',
    text: 'The order for it has reached us.',
    hint: 'To order more, open the shop again from your procurement system.',
  },
  SESSION_EXPIRED: {
    title: 'This session has expired',
    text: 'For a while nothing happened, so we closed it.',
    hint: START_AGAIN,
  },
  NO_SESSION: {
    title: 'You are not shopping for a procurement system',
    text: 'No punchout session is active in this browser.',
    hint: START_AGAIN,
  },
  ROUTE_BLOCKED: {
    title: 'Not during a punchout',
    text: 'You order in your procurement system, so checkout and account are closed here.',
    hint: 'Go back to your cart and transfer it.',
  },
  COOKIES_REFUSED: {
    title: 'Your browser keeps no cookies here',
    text: 'Without a cookie the shop cannot know your cart.',
    hint: 'Allow cookies for this shop, or open it in a window of its own.',
  },
  CART_EMPTY: {
    title: 'Your cart is empty',
    text: 'There is nothing to transfer yet.',
    hint: 'Put something into the cart first.',
  },
  CART_CHANGED: {
    title: 'Your cart has changed',
    text: 'The shop has changed your cart. Nothing has been sent yet.',
    hint: 'Go back to the cart, look at it and send it again.',
  },
  CART_CHANGING: {
    title: 'Your cart is still being changed',
    text: 'A change and the transfer met each other. Nothing was lost.',
    hint: 'Please try again.',
  },
  CART_NOT_ENCODABLE: {
    title: 'The cart cannot be transferred as it is',
    text: 'Your procurement system could not read one of its lines. The cart is still here.',
    hint: 'Remove that line, or tell us the code below.',
  },
  READ_ONLY_SESSION: {
    title: 'You may look, but not change',
    text: 'Your procurement system opened this cart for inspection only.',
    hint: 'To change it, open it for editing there.',
  },
  STORE_UNAVAILABLE: {
    title: 'The shop does not answer',
    text: 'Your cart is kept.',
    hint: 'Please try again in a minute.',
  },
  STORE_SESSION_LOST: {
    title: 'The shop has ended this session',
    text: 'Nothing was done for too long, and the shop no longer has this cart. What was sent before is safe.',
    hint: START_AGAIN,
  },
  SERVICE_UNAVAILABLE: {
    title: 'We will be right back',
    text: 'A part of the service does not answer at the moment. Your cart is kept.',
    hint: 'Please try again in a minute.',
  },
  NOT_FOUND: {
    title: 'There is nothing here',
    text: 'This address does not lead anywhere.',
    hint: 'Check it, or go back.',
  },
  METHOD_NOT_ALLOWED: {
    title: 'That does not work here',
    text: 'This address does not take that kind of request.',
    hint: 'Go back and try again.',
  },
};
