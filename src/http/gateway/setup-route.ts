import type { Request, RequestHandler, Response } from 'express';
import type { Outcome, Refusal } from '../../domain/error-codes.js';
import type { Connection } from '../../domain/connection.js';
import { languageTag } from '../../domain/language-tag.js';
import { MAX_CREDENTIALS } from '../../domain/party-match.js';
import type { SetupRequest } from '../../domain/setup-request.js';
import type { CxmlEnvelope } from '../../protocols/cxml/cxml-document.js';
import { checkCredentialMac } from '../../protocols/cxml/check-credential-mac.js';
import { parseCxml } from '../../protocols/cxml/parse-cxml.js';
import type { CxmlCaller } from '../../usecases/authenticate-caller.js';
import type { CallUp, Started } from '../../usecases/start-punchout.js';
import { prefersJson } from '../middleware/request-site.js';
import type { CxmlAnswers } from './cxml-answers.js';
import { sendJsonRefusal, sendData } from './json-envelope.js';
import { startedView } from './started-view.js';

interface Deps {
  publicUrl: string;
  answers: CxmlAnswers;
  authenticate: (caller: CxmlCaller) => Promise<Outcome<Connection>>;
  start: (callUp: CallUp) => Promise<Outcome<Started>>;
  refused: (refusal: Refusal) => void;
  /** Takes the body when it is JSON. */
  json: RequestHandler;
}

/** `POST /v1/punchout/setup` (source 002): cXML answered in cXML inside HTTP 200, JSON answered in JSON. */
export function setupRoute({ publicUrl, answers, authenticate, start, refused, json }: Deps): RequestHandler {
  async function callUp(req: Request, bytes: Uint8Array): Promise<{ envelope?: CxmlEnvelope; answer: Outcome<Started> | { profileOf: Connection } }> {
    const parsed = parseCxml(bytes, req.get('content-type'));
    if (!parsed.ok) return { answer: parsed };
    const document = parsed.value;
    const { envelope } = document;
    if (document.kind !== 'PunchOutSetupRequest' && document.kind !== 'ProfileRequest') {
      const name = document.kind === 'unknown' ? document.name : document.kind;
      return { envelope, answer: { ok: false, refusal: { code: 'OPERATION_NOT_SUPPORTED', reason: `${name === '' ? 'A document without a request' : name} is not supported at this address.` } } };
    }
    if (envelope.signed) return { envelope, answer: { ok: false, refusal: { code: 'OPERATION_NOT_SUPPORTED', reason: 'Digital signatures are not supported; send a SharedSecret or a CredentialMac.' } } };
    const connection = await authenticate(callerOf(envelope, new Date()));
    if (!connection.ok) return { envelope, answer: connection };
    if (document.kind === 'ProfileRequest') return { envelope, answer: { profileOf: connection.value } };
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

  async function cxml(req: Request, res: Response): Promise<void> {
    const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const { envelope, answer } = await callUp(req, bytes);
    if ('profileOf' in answer) answers.sendProfile(res, answer.profileOf.settings.cxml.operationAllowed ?? 'edit', envelope);
    else if (!answer.ok) {
      refused(answer.refusal);
      if (prefersJson(req)) sendJsonRefusal(req, res, answer.refusal);
      else answers.sendRefusal(res, answer.refusal, envelope);
    } else if (prefersJson(req)) sendData(res, startedView(answer.value, publicUrl));
    else answers.sendStarted(res, publicUrl + answer.value.startPath, envelope);
  }

  return async (req, res, next) => {
    if (/[/+]json\b/i.test(req.get('content-type') ?? '')) await json(req, res, next);
    else await cxml(req, res);
  };
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
