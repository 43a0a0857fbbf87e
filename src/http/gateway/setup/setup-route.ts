import type { Request, RequestHandler, Response } from 'express';
import { accept, type Outcome, type Refusal } from '../../../domain/error-codes.js';
import type { Connection } from '../../../domain/access/connection.js';
import { languageTag } from '../../../domain/language-tag.js';
import { MAX_CREDENTIALS } from '../../../domain/access/party-match.js';
import type { KeptOrder } from '../../../domain/orders/purchase-order.js';
import type { SetupRequest } from '../../../domain/transmission/setup-request.js';
import type { CxmlEnvelope } from '../../../protocols/cxml/cxml-document.js';
import { checkCredentialMac } from '../../../protocols/cxml/check-credential-mac.js';
import { parseCxml } from '../../../protocols/cxml/parse-cxml.js';
import { withoutSecret } from '../../../protocols/cxml/without-secret.js';
import { type MimePart, readRelated } from '../../../protocols/mime/read-related.js';
import type { CxmlCaller } from '../../../usecases/access/authenticate-caller.js';
import type { CallUp, Started } from '../../../usecases/punchout/start-punchout.js';
import type { GivenOrder } from '../../../usecases/orders/take-purchase-order.js';
import type { AdmitConnection } from '../../middleware/admission.js';
import { prefersJson } from '../../middleware/request-site.js';
import { learn } from '../../middleware/exchange-log.js';
import type { CxmlAnswers } from './cxml-answers.js';
import { sendJsonRefusal, sendData } from '../json-envelope.js';
import { startedView } from './started-view.js';

interface Deps {
  publicUrl: string;
  answers: CxmlAnswers;
  authenticate: (caller: CxmlCaller) => Promise<Outcome<Connection>>;
  /** The address by which wrong secrets are counted. */
  guessAddress: (req: Request) => string | undefined;
  admit: AdmitConnection;
  start: (callUp: CallUp) => Promise<Outcome<Started>>;
  takeOrder: (order: GivenOrder) => Promise<Outcome<KeptOrder>>;
  refused: (refusal: Refusal) => void;
  /** Takes the body when it is JSON. */
  json: RequestHandler;
}

/** `POST /v1/punchout/setup` (source 002): cXML answered in cXML inside HTTP 200, JSON answered in JSON. */
export function setupRoute({ publicUrl, answers, authenticate, guessAddress, admit, start, takeOrder, refused, json }: Deps): RequestHandler {
  async function callUp(req: Request, res: Response, bytes: Uint8Array): Promise<{ envelope?: CxmlEnvelope; answer: Outcome<Started> | { profileOf: Connection } | { order: Outcome<KeptOrder> } }> {
    const parts = partsOf(bytes, req.get('content-type') ?? '');
    if (!parts.ok) return { answer: parts };
    const [root, ...attached] = parts.value;
    const parsed = parseCxml(root.bytes, root.contentType);
    learn(res, { kind: parsed.ok ? (parsed.value.kind === 'unknown' ? parsed.value.name : parsed.value.kind) : 'cXML' });
    if (!parsed.ok) return { answer: parsed };
    const document = parsed.value;
    const { envelope } = document;
    learn(res, { payloadId: envelope.payloadId, names: envelope.from.slice(0, MAX_CREDENTIALS).map(({ domain, identity }) => ({ kind: 'cxml', domain, identity })) });
    if (document.kind !== 'PunchOutSetupRequest' && document.kind !== 'ProfileRequest' && document.kind !== 'OrderRequest') {
      const name = document.kind === 'unknown' ? document.name : document.kind;
      return { envelope, answer: { ok: false, refusal: { code: 'OPERATION_NOT_SUPPORTED', reason: `${name === '' ? 'A document without a request' : name} is not supported at this address.` } } };
    }
    if (envelope.signed) return { envelope, answer: { ok: false, refusal: { code: 'OPERATION_NOT_SUPPORTED', reason: 'Digital signatures are not supported; send a SharedSecret or a CredentialMac.' } } };
    const connection = await authenticate({ ...callerOf(envelope, new Date()), address: guessAddress(req) });
    if (!connection.ok) return { envelope, answer: connection };
    learn(res, { connection: connection.value });
    const admitted = await admit(req, connection.value);
    if (!admitted.ok) return { envelope, answer: admitted };
    if (document.kind === 'ProfileRequest') return { envelope, answer: { profileOf: connection.value } };
    if (document.kind === 'OrderRequest') {
      if (envelope.payloadId === undefined || envelope.payloadId === '') return { envelope, answer: { ok: false, refusal: { code: 'INVALID_REQUEST', reason: "Element 'cXML': Missing attribute 'payloadID'" } } };
      const attachments = attached.map(({ name, contentType, bytes: { length } }) => ({ name, contentType, size: length }));
      return { envelope, answer: { order: await takeOrder({ connection: connection.value, payloadId: envelope.payloadId, order: document.order, attachments, document: withoutSecret(bytes, root.bytes, envelope.sharedSecret), contentType: req.get('content-type') ?? '' }) } };
    }
    const { setup } = document;
    const answer = await start({
      connection: connection.value,
      protocol: 'cxml',
      operation: setup.operation,
      request: withLanguageTag(setup.request),
      buyerCookie: setup.buyerCookie,
      returnUrl: setup.returnUrl,
      document: bytes,
    });
    return { envelope, answer };
  }

  function sendRefused(req: Request, res: Response, outcome: Outcome<unknown>, envelope: CxmlEnvelope | undefined): void {
    if (outcome.ok) return;
    refused(outcome.refusal);
    learn(res, { refusal: outcome.refusal });
    if (prefersJson(req)) sendJsonRefusal(req, res, outcome.refusal);
    else answers.sendRefusal(res, outcome.refusal, envelope);
  }

  async function cxml(req: Request, res: Response): Promise<void> {
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const { envelope, answer } = await callUp(req, res, bytes);
    if ('profileOf' in answer) answers.sendProfile(res, answer.profileOf.settings.cxml.operationAllowed ?? 'edit', envelope);
    else if ('order' in answer && answer.order.ok) {
      const { tenantId, transmissionId } = answer.order.value;
      if (transmissionId !== undefined) learn(res, { transmission: { tenantId, transmissionId } });
      answers.sendOrderTaken(res, answer.order.value, envelope);
    }
    else if ('order' in answer) sendRefused(req, res, answer.order, envelope);
    else if (!answer.ok) {
      sendRefused(req, res, answer, envelope);
    } else {
      learn(res, { transmission: answer.value.transmission });
      if (prefersJson(req)) sendData(res, startedView(answer.value, publicUrl));
      else answers.sendStarted(res, publicUrl + answer.value.startPath, envelope);
    }
  }

  return async (req, res, next) => {
    if (/[/+]json\b/i.test(req.get('content-type') ?? '')) await json(req, res, next);
    else await cxml(req, res);
  };
}

/** The document and, of a multipart/related body, what is attached to it. */
function partsOf(bytes: Uint8Array, contentType: string): Outcome<[Pick<MimePart, 'bytes' | 'contentType'>, ...MimePart[]]> {
  return /^\s*multipart\/related\b/i.test(contentType) ? readRelated(Buffer.from(bytes), contentType) : accept([{ bytes: Buffer.from(bytes), contentType }]);
}

/** A CredentialMac is made of one name of From and one of Sender (RULES 2); where a party has several, of any. */
function callerOf({ from, to, sender, sharedSecret, credentialMac: mac }: CxmlEnvelope, now: Date): CxmlCaller {
  if (mac === undefined) return { from, to, sender, ...(sharedSecret === undefined ? {} : { sharedSecret }) };
  const madeWith = (secret: string): boolean => from.slice(0, MAX_CREDENTIALS).some((ours) => sender.slice(0, MAX_CREDENTIALS).some((theirs) => checkCredentialMac(mac, ours, theirs, secret, now)));
  return { from, to, sender, madeWith };
}

/** What is no language is as good as none: the shop's own is taken (RULES 1.8), and the cart's document stays valid. */
function withLanguageTag({ language, ...request }: SetupRequest): SetupRequest {
  const tag = languageTag(language);
  return tag === undefined ? request : { ...request, language: tag };
}
