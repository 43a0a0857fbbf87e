import type { ApiOperation, MediaBody, OperationResponse } from '../../openapi/api-operation.js';
import { STARTED_SCHEMA } from '../api/answer-schemas.js';
import { GATEWAY_OTHER_METHODS, ID, IDEMPOTENCY_KEY, TOKEN, answers, pages, queryOf } from '../openapi-answers.js';
import { SETUP_SCHEMA } from './json-setup-route.js';

const text = (maxLength: number): object => ({ type: 'string', maxLength });
/**
 * Form of OCI 4.0's call-up. A connection may use other names for the first three fields. More parameters are allowed.
 */
const OCI_FORM = {
  type: 'object',
  properties: {
    HOOK_URL: text(2048),
    USERNAME: text(255),
    PASSWORD: text(255),
    FUNCTION: text(40),
    PRODUCTID: text(255),
    QUANTITY: text(40),
    SEARCHSTRING: text(1000),
    LANGUAGE: text(20),
    CURRENCY: text(3),
  },
};

const CXML_EXAMPLE = `<cXML payloadID="1234567890" timestamp="2024-01-15T10:30:00Z">
  <Header>
    <From><Credential domain="NetworkId"><Identity>buyer@company.com</Identity></Credential></From>
    <To><Credential domain="DUNS"><Identity>123456789</Identity></Credential></To>
    <Sender>
      <Credential domain="NetworkId">
        <Identity>buyer@company.com</Identity><SharedSecret>…</SharedSecret>
      </Credential>
      <UserAgent>erp</UserAgent>
    </Sender>
  </Header>
  <Request>
    <PunchOutSetupRequest operation="create">
      <BuyerCookie>BUYER_COOKIE_123</BuyerCookie>
      <BrowserFormPost><URL>https://erp.company.com/punchout/return</URL></BrowserFormPost>
    </PunchOutSetupRequest>
  </Request>
</cXML>`;

const CXML: MediaBody = {
  schema: { type: 'string', description: 'A cXML document: PunchOutSetupRequest or ProfileRequest' },
  example: CXML_EXAMPLE,
};
const ORDER: MediaBody = {
  schema: {
    type: 'string',
    description: 'A cXML document: OrderRequest. As multipart/related it may have attachments',
  },
};
const CXML_ANSWER: MediaBody = { schema: { type: 'string', description: 'A cXML document' } };
const SENT_ON =
  'A page that redirects the browser to the shop; for VALIDATE and BACKGROUND_SEARCH the form with the answer';

const ORDER_OTHER_METHODS: OperationResponse = {
  description: GATEWAY_OTHER_METHODS.description,
  media: { 'text/xml': CXML_ANSWER },
};
const SETUP_OTHER_METHODS: OperationResponse = { ...GATEWAY_OTHER_METHODS, ...ORDER_OTHER_METHODS };

/** Call-ups and purchase orders: what buyers' systems send. */
export const SETUP_OPERATIONS: readonly ApiOperation[] = [
  {
    operationId: 'setupSession',
    method: 'post',
    path: '/v1/punchout/setup',
    summary: 'Start a punchout session: with JSON and an API key, or as cXML with the credentials in its header',
    scope: 'write',
    parameters: [IDEMPOTENCY_KEY],
    request: SETUP_SCHEMA,
    bodies: { 'application/xml': CXML, 'text/xml': CXML },
    responses: {
      200: {
        description: 'cXML: the answer, or the refusal, in a Status; JSON where a cXML caller asks for it (Accept)',
        schema: STARTED_SCHEMA,
        media: { 'text/xml': CXML_ANSWER },
      },
      ...answers({ 201: ['JSON: the session and where its buyer starts', STARTED_SCHEMA] }, 400, 401, 409, 413, 503),
      405: SETUP_OTHER_METHODS,
    },
  },
  {
    operationId: 'ping',
    method: 'get',
    path: '/v1/punchout/setup',
    summary: "cXML's ping",
    open: true,
    responses: {
      200: { description: 'A Response with Status 200', media: { 'text/xml': CXML_ANSWER } },
      405: SETUP_OTHER_METHODS,
    },
  },
  {
    operationId: 'sendOrder',
    method: 'post',
    path: '/v1/punchout/order',
    summary: 'Send a purchase order as cXML, with the credentials in its header; it is compared with the sent cart',
    open: true,
    bodies: { 'application/xml': ORDER, 'text/xml': ORDER, 'multipart/related': ORDER },
    responses: {
      200: {
        description:
          'Status 200: the order is kept. 201: it is kept, and has mismatches. Any other Status says why it is refused',
        media: { 'text/xml': CXML_ANSWER },
      },
      405: ORDER_OTHER_METHODS,
    },
  },
  {
    operationId: 'pingOrder',
    method: 'get',
    path: '/v1/punchout/order',
    summary: "cXML's ping",
    open: true,
    responses: {
      200: { description: 'A Response with Status 200', media: { 'text/xml': CXML_ANSWER } },
      405: ORDER_OTHER_METHODS,
    },
  },
  ...(['post', 'get'] as const).map((method): ApiOperation => ({
    operationId: method === 'post' ? 'ociSetup' : 'ociSetupByGet',
    method,
    path: '/v1/punchout/oci/setup',
    summary:
      method === 'post'
        ? 'Start a punchout session by OCI'
        : 'The same by GET, if the connection allows it; the address then contains the password',
    open: true,
    ...(method === 'post'
      ? {
          bodies: {
            'application/x-www-form-urlencoded': {
              schema: OCI_FORM,
              example:
                'HOOK_URL=https://erp.company.com/oci/return&USERNAME=buyer@company.com&PASSWORD=SecretPassword123' +
                '&FUNCTION=CREATE_SESSION&LANGUAGE=de&CURRENCY=EUR',
            },
            'multipart/form-data': { schema: OCI_FORM },
          },
        }
      : { parameters: queryOf(OCI_FORM) }),
    responses: pages(
      method === 'post' ? { 200: SENT_ON } : { 200: SENT_ON, 303: 'Redirect to the start link, or to the answer' },
      400,
      401,
      405,
      413,
      503,
    ),
  })),
  {
    operationId: 'ociAnswer',
    method: 'get',
    path: '/v1/punchout/oci/answer/{id}',
    summary: 'The answer to a VALIDATE or BACKGROUND_SEARCH by GET, once',
    open: true,
    parameters: [ID, TOKEN],
    responses: pages({ 200: 'The form with the answer' }, 400, 401, 404, 405, 409, 503),
  },
];
