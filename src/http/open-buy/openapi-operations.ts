import type { ApiOperation, OperationResponse } from '../openapi/api-operation.js';
import { PATH_ENDS } from './router.js';
import {
  AUTHENTICATION_ANSWER,
  AUTHENTICATION_BODY,
  CHECKOUT_ANSWER,
  CHECKOUT_BODY,
  DETAIL_ANSWER,
  DETAIL_BODY,
  SEARCH_ANSWER,
  SEARCH_BODY,
} from './schemas.js';

const sentence = (description: string): OperationResponse => ({
  description,
  media: { 'text/plain': { schema: { type: 'string' } } },
});

const REFUSALS = {
  400: sentence('A parameter is missing or not valid'),
  401: sentence('The credentials or the token are not valid, or not from this address'),
  413: sentence('The body is larger than allowed'),
  429: sentence('Too many requests; try again after Retry-After seconds'),
  500: sentence('Something went wrong, or the shop does not answer; try again after some time'),
} as const;

export const OPEN_BUY_OTHER_METHODS = sentence('Method not allowed; Allow lists the allowed methods');

const ACTIONS: readonly ApiOperation[] = [
  {
    operationId: 'openBuyAuthenticate',
    method: 'post',
    path: '/open-buy/authentication',
    summary: 'Get a token for an API key with the scope open-buy',
    open: true,
    request: AUTHENTICATION_BODY,
    responses: { 200: { description: 'A token for one hour', schema: AUTHENTICATION_ANSWER }, ...REFUSALS },
  },
  {
    operationId: 'openBuySearch',
    method: 'post',
    path: '/open-buy/search',
    summary: 'Search the products that the buyer of the token may buy',
    request: SEARCH_BODY,
    responses: { 200: { description: 'One page of 20 products', schema: SEARCH_ANSWER }, ...REFUSALS },
  },
  {
    operationId: 'openBuyDetail',
    method: 'post',
    path: '/open-buy/detail',
    summary: 'Show one product with its long description',
    request: DETAIL_BODY,
    responses: {
      200: { description: 'The product', schema: DETAIL_ANSWER },
      ...REFUSALS,
      404: sentence('The shop does not sell this article to the buyer'),
    },
  },
  {
    operationId: 'openBuyCheckout',
    method: 'post',
    path: '/open-buy/checkout',
    summary: 'Price and availability of products at the moment of a purchase; nothing is ordered',
    request: CHECKOUT_BODY,
    responses: {
      200: { description: 'All products that were asked for', schema: CHECKOUT_ANSWER },
      ...REFUSALS,
      400: sentence('A parameter is missing or not valid, or a product cannot be bought: the sentence names each'),
    },
  },
];

/** Each action twice: at the path without a version, and at that of older editions. */
export const OPEN_BUY_OPERATIONS: readonly ApiOperation[] = PATH_ENDS.flatMap((end) =>
  ACTIONS.map((action) => ({
    ...action,
    operationId: `${action.operationId}${end === '' ? '' : 'V1'}`,
    path: `${action.path}${end}`,
  })),
);
