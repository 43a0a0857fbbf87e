import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Outcome, Refusal } from '../../../domain/error-codes.js';
import type { Connection } from '../../../domain/access/connection.js';
import { languageTag } from '../../../domain/language-tag.js';
import { MAX_CREDENTIALS } from '../../../domain/access/party-match.js';
import type { KeptOrder } from '../../../domain/orders/purchase-order.js';
import type { SetupRequest } from '../../../domain/transmission/setup-request.js';
import type { CxmlEnvelope } from '../../../protocols/cxml/cxml-document.js';
import { checkCredentialMac, credentialMacFault } from '../../../protocols/cxml/check-credential-mac.js';
import { parseUnwrapped } from '../../../protocols/cxml/parse-unwrapped.js';
import { withoutSecret } from '../../../protocols/cxml/without-secret.js';
import { type UnwrappedDocument, unwrapBody } from '../../../protocols/cxml/unwrap-body.js';
import type { CxmlCaller } from '../../../usecases/access/authenticate-caller.js';
import type { CallUp, Started } from '../../../usecases/punchout/start-punchout.js';
import type { GivenOrder } from '../../../usecases/orders/take-purchase-order.js';
import type { AdmitConnection } from '../../callers/admission.js';
import { acceptsJsonNotXml } from '../../callers/request-site.js';
import { learn } from '../../exchange-facts.js';
import type { CxmlAnswers } from './cxml-answers.js';
import { sendJsonRefusal, sendData } from '../json-envelope.js';
import { startedView } from './json-setup-route.js';

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
  /** Handles JSON bodies. */
  json: RequestHandler;
}

interface Answered {
  envelope?: CxmlEnvelope;
  /** The document is a purchase order. */
  isOrder?: boolean;
  answer: Outcome<Started> | { profileOf: Connection } | { order: Outcome<KeptOrder> };
}

/** `/v1/punchout/order` answers every document like a purchase order. */
export function isOrderAddress({ path }: Pick<Request, 'path'>): boolean {
  return /^\/order\/?$/i.test(path);
}

/** `POST /v1/punchout/setup` (PunchOut Session API): cXML is answered in cXML with HTTP 200, JSON in JSON. */
export function setupRoute({
  publicUrl,
  answers,
  authenticate,
  guessAddress,
  admit,
  start,
  takeOrder,
  refused,
  json,
}: Deps): RequestHandler {
  async function callUp(
    req: Request,
    res: Response,
    bytes: Buffer,
    unwrapped: Outcome<UnwrappedDocument>,
  ): Promise<Answered> {
    if (!unwrapped.ok) {
      learn(res, { kind: 'cXML' });
      return { answer: unwrapped };
    }
    const parsed = parseUnwrapped(unwrapped.value);
    learn(res, {
      kind: parsed.ok ? (parsed.value.kind === 'unknown' ? parsed.value.name : parsed.value.kind) : 'cXML',
    });
    if (!parsed.ok) return { answer: parsed };
    const document = parsed.value;
    const { envelope } = document;
    const isOrder = document.kind === 'OrderRequest';
    learn(res, {
      payloadId: envelope.payloadId,
      names: envelope.from
        .slice(0, MAX_CREDENTIALS)
        .map(({ domain, identity }) => ({ kind: 'cxml', domain, identity })),
    });
    if (
      document.kind !== 'PunchOutSetupRequest' &&
      document.kind !== 'ProfileRequest' &&
      document.kind !== 'OrderRequest'
    ) {
      const name = document.kind === 'unknown' ? document.name : document.kind;
      return {
        envelope,
        answer: {
          ok: false,
          refusal: {
            code: 'OPERATION_NOT_SUPPORTED',
            reason:
              `${name === '' ? 'A document without a request' : name} is not supported at this address, ` +
              'which takes PunchOutSetupRequest, OrderRequest and ProfileRequest.' +
              (name === 'PunchOutOrderMessage' ? ' A cart goes to /v1/punchout/transfer.' : ''),
          },
        },
      };
    }
    if (envelope.signed)
      return {
        envelope,
        isOrder,
        answer: {
          ok: false,
          refusal: {
            code: 'OPERATION_NOT_SUPPORTED',
            reason: 'Digital signatures are not supported; send a SharedSecret or a CredentialMac.',
          },
        },
      };
    const connection = await authenticate({ ...callerOf(envelope, new Date()), address: guessAddress(req) });
    if (!connection.ok) return { envelope, isOrder, answer: connection };
    learn(res, { connection: connection.value });
    const admitted = await admit(req, connection.value);
    if (!admitted.ok) return { envelope, isOrder, answer: admitted };
    if (document.kind === 'ProfileRequest') return { envelope, answer: { profileOf: connection.value } };
    if (document.kind === 'OrderRequest') {
      const kept = withoutSecret(unwrapped.value, envelope.sharedSecrets.length > 0);
      if (!kept.ok) return { envelope, isOrder, answer: kept };
      const attachments = unwrapped.value.attachments.map(({ name, contentType, bytes: content }) => ({
        name,
        contentType,
        size: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      }));
      const order = await takeOrder({
        connection: connection.value,
        payloadId: envelope.payloadId ?? '',
        order: document.order,
        attachments,
        ...kept.value,
      });
      return { envelope, isOrder, answer: { order } };
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

  /** A purchase order is answered in cXML whatever Accept says, accepted or refused. */
  function sendRefused(
    req: Request,
    res: Response,
    outcome: Outcome<unknown>,
    { envelope, isOrder = false }: Pick<Answered, 'envelope' | 'isOrder'>,
  ): void {
    if (outcome.ok) return;
    refused(outcome.refusal);
    if (acceptsJsonNotXml(req) && !isOrder && !isOrderAddress(req)) sendJsonRefusal(req, res, outcome.refusal);
    else answers.sendRefusal(res, outcome.refusal, envelope);
  }

  async function cxml(
    req: Request,
    res: Response,
    bytes: Buffer,
    unwrapped: Outcome<UnwrappedDocument>,
  ): Promise<void> {
    const answered = await callUp(req, res, bytes, unwrapped);
    const { envelope, answer } = answered;
    if ('profileOf' in answer)
      answers.sendProfile(res, answer.profileOf.settings.cxml.operationAllowed ?? 'edit', envelope);
    else if ('order' in answer && answer.order.ok) {
      const { tenantId, transmissionId } = answer.order.value;
      if (transmissionId !== undefined) learn(res, { transmission: { tenantId, transmissionId } });
      answers.sendOrderTaken(res, answer.order.value, envelope);
    } else if ('order' in answer) sendRefused(req, res, answer.order, answered);
    else if (!answer.ok) {
      sendRefused(req, res, answer, answered);
    } else {
      learn(res, { transmission: answer.value.transmission });
      if (acceptsJsonNotXml(req)) sendData(res, startedView(answer.value, publicUrl));
      else answers.sendStarted(res, publicUrl + answer.value.startPath, envelope);
    }
  }

  return async (req, res, next) => {
    const type = req.get('content-type');
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const unwrapped = unwrapBody(bytes, type);
    // The Content-Type decides unless the body shows another format.
    if (/[/+]json\b/i.test(type ?? '') && !(unwrapped.ok && bytes.length > 0)) await json(req, res, next);
    else await cxml(req, res, bytes, unwrapped);
  };
}

/**
 * A CredentialMac covers one name of From and one of Sender (cxml.md 2). If a party has several names, any of them may
 * match.
 */
function callerOf({ from, to, sender, sharedSecrets, credentialMacs }: CxmlEnvelope, now: Date): CxmlCaller {
  if (credentialMacs.length === 0) return { from, to, sender, sharedSecrets };
  const [ours, theirs, macs] = [
    from.slice(0, MAX_CREDENTIALS),
    sender.slice(0, MAX_CREDENTIALS),
    credentialMacs.slice(0, MAX_MACS),
  ];
  const faults = macs.flatMap((mac) => credentialMacFault(mac, now) ?? []);
  if (faults.length === macs.length) return { from, to, sender, sharedSecrets, macFault: faults[0] };
  const madeWith = (secret: string): boolean =>
    macs.some((mac) => ours.some((one) => theirs.some((other) => checkCredentialMac(mac, one, other, secret, now))));
  return { from, to, sender, sharedSecrets, madeWith };
}

/** Maximum number of MACs checked, each for every pair of From and Sender. */
const MAX_MACS = 4;

/** An invalid language counts as none: the shop's own is used (cxml.md 1.8), and the cart's document stays valid. */
function withLanguageTag({ language, ...request }: SetupRequest): SetupRequest {
  const tag = languageTag(language);
  return tag === undefined ? request : { ...request, language: tag };
}
