import type { ErrorCode } from '../../domain/error-codes.js';
import type { LineResult } from '../../ports/store/store.js';
import type { Language } from '../../http/views/texts.js';

/** Reasons for a refusal: the connector's codes and two of the shop. */
export type ShopCode = ErrorCode | 'PRODUCT_SOLD_OUT' | 'LINE_NOT_FOUND';

export interface ShopRefusal {
  code: ShopCode;
  /** The wrong input. */
  field?: 'sku' | 'quantity' | 'lineId';
}

const STATUSES: Partial<Record<ShopCode, number>> = {
  INVALID_REQUEST: 400,
  REQUEST_TOO_LARGE: 413,
  ROUTE_BLOCKED: 403,
  READ_ONLY_SESSION: 403,
  NOT_FOUND: 404,
  PRODUCT_NOT_FOUND: 404,
  LINE_NOT_FOUND: 404,
  CART_CHANGING: 409,
  PRODUCT_SOLD_OUT: 422,
  QUANTITY_INVALID: 422,
  CART_EMPTY: 422,
  STORE_UNAVAILABLE: 503,
  STORE_SESSION_LOST: 410,
  SERVICE_UNAVAILABLE: 503,
};

export function statusOf(code: ShopCode): number {
  return STATUSES[code] ?? (code === 'INTERNAL_ERROR' ? 500 : 409);
}

const MESSAGES: Record<Language, Partial<Record<ShopCode, string>>> = {
  en: {
    INVALID_REQUEST: 'The request is not valid.',
    REQUEST_TOO_LARGE: 'The request is larger than allowed.',
    ROUTE_BLOCKED: 'This was asked for by another site, so nothing was changed.',
    READ_ONLY_SESSION: 'Your procurement system opened this cart for inspection only.',
    NOT_FOUND: 'There is nothing at this address.',
    PRODUCT_NOT_FOUND: 'There is no article with this number.',
    LINE_NOT_FOUND: 'Your cart has no such line.',
    CART_CHANGING: 'The cart is being changed; please try again.',
    PRODUCT_SOLD_OUT: 'This article is sold out.',
    QUANTITY_INVALID:
      'Please give a quantity from 1 to 999,999,999; parts of a unit only for metres, kilograms and litres.',
    CART_EMPTY: 'Your cart is empty.',
    STORE_UNAVAILABLE: 'The shop does not answer at the moment. Please try again in a minute.',
    INTERNAL_ERROR: 'Something went wrong on our side.',
  },
  de: {
    INVALID_REQUEST: 'Die Anfrage ist nicht gültig.',
    REQUEST_TOO_LARGE: 'Die Anfrage ist größer als erlaubt.',
    ROUTE_BLOCKED: 'Das hat eine fremde Seite verlangt, darum wurde nichts geändert.',
    READ_ONLY_SESSION: 'Ihr Einkaufssystem hat diesen Warenkorb nur zur Ansicht geöffnet.',
    NOT_FOUND: 'Unter dieser Adresse ist nichts.',
    PRODUCT_NOT_FOUND: 'Einen Artikel mit dieser Nummer gibt es nicht.',
    LINE_NOT_FOUND: 'Diese Position ist nicht im Warenkorb.',
    CART_CHANGING: 'Der Warenkorb wird gerade geändert; bitte noch einmal versuchen.',
    PRODUCT_SOLD_OUT: 'Dieser Artikel ist ausverkauft.',
    QUANTITY_INVALID:
      'Bitte geben Sie eine Menge von 1 bis 999.999.999 an; Teilmengen nur bei Metern, Kilogramm und Litern.',
    CART_EMPTY: 'Ihr Warenkorb ist leer.',
    STORE_UNAVAILABLE: 'Der Shop antwortet gerade nicht. Bitte versuchen Sie es in einer Minute noch einmal.',
    INTERNAL_ERROR: 'Da ist bei uns etwas schiefgegangen.',
  },
};

const SESSION_OVER: Record<Language, string> = {
  en: 'Your punchout session is over. Please open the shop again from your procurement system.',
  de: 'Ihre Punchout-Sitzung ist beendet. Bitte öffnen Sie den Shop noch einmal aus Ihrem Einkaufssystem.',
};

export function messageOf(code: ShopCode, language: Language): string {
  return MESSAGES[language][code] ?? SESSION_OVER[language];
}

const FAULTS: Record<NonNullable<LineResult['fault']>, ShopRefusal | undefined> = {
  unknown_product: { code: 'PRODUCT_NOT_FOUND', field: 'sku' },
  sold_out: { code: 'PRODUCT_SOLD_OUT', field: 'sku' },
  quantity_invalid: { code: 'QUANTITY_INVALID', field: 'quantity' },
  unknown_line: { code: 'LINE_NOT_FOUND', field: 'lineId' },
  quantity_changed: undefined,
};

/** The refusal in a store's line result; a changed quantity is not a refusal. */
export function refusalOf({ fault }: LineResult): ShopRefusal | undefined {
  return fault === undefined ? undefined : FAULTS[fault];
}
