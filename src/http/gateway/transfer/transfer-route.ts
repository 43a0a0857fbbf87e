import type { Request, RequestHandler, Response } from 'express';
import { CURRENCY, SESSION_ID, dataSchema, record } from '../api/answer-schemas.js';
import type { Connection } from '../../../domain/access/connection.js';
import { type Outcome, accept, refuse } from '../../../domain/error-codes.js';
import type { FoundSession } from '../../../usecases/punchout/find-session.js';
import type { Claimant, GivenCart, GivenTransfer } from '../../../usecases/transfer/transfer-given-cart.js';
import { isNavigation, requestSite, isHarmlessLook } from '../../callers/request-site.js';
import { pageTexts } from '../../answers/page-texts.js';
import { type PageOrigins, sendPage } from '../../answers/send-page.js';
import { transferPage } from '../../views/transfer-page.js';
import type { AnswerOnce } from '../api/answer-once.js';
import type { AuthenticateKey } from '../api/api-route.js';
import { bearerKey } from '../caller-standing.js';
import { ExactNumber, dataAnswer, refusalAnswer, sendAnswer } from '../json-envelope.js';
import { learn } from '../../exchange-facts.js';
import { sendOciRefusal } from '../setup/oci-setup-route.js';
import type { ReadGivenCart } from './read-given-cart.js';

/** Query of both transfers. A caller with an API key names the session here. */
export const TRANSFER_QUERY = {
  type: 'object',
  properties: { session_id: { type: 'string', maxLength: 200 } },
} as const;

const FIELD = record({ name: { type: 'string' }, value: { type: 'string' } });

/** Part of the cart that the buyer's document cannot hold. `line` counts the lines of the received cart. */
const NOT_CARRIED = {
  type: 'object',
  required: ['field', 'reason'],
  additionalProperties: false,
  properties: { line: { type: 'integer', minimum: 1 }, field: { type: 'string' }, reason: { type: 'string' } },
} as const;

const TRANSFERRED = record({
  session_id: SESSION_ID,
  status: { const: 'completed' },
  payload_id: { type: 'string' },
  items_count: { type: 'number' },
  total_amount: { type: 'number' },
  currency: CURRENCY,
  return_page_url: { type: 'string', format: 'uri' },
  form: record({
    method: { enum: ['post', 'get'] },
    action: { type: 'string' },
    target: { type: 'string' },
    charset: { type: 'string' },
    fields: { type: 'array', items: FIELD },
  }),
});

/**
 * The stored payload, and the address of the page that submits it. `not_carried` is absent if everything is carried.
 */
export const TRANSFER_ANSWER = dataSchema({
  ...TRANSFERRED,
  properties: { ...TRANSFERRED.properties, not_carried: { type: 'array', items: NOT_CARRIED } },
});

interface TransferDeps {
  publicOrigin: string;
  authenticateKey: AuthenticateKey;
  once: AnswerOnce;
  /** The session of the requesting browser, live or ended. */
  findSession: (req: Request, res: Response) => Promise<FoundSession | undefined>;
  frontendOrigins: (tenantId: string) => Promise<readonly string[]>;
  /** Removes the browser's session after its cart was sent. */
  clearSession: (req: Request, res: Response) => Promise<void>;
  transferGiven: (claimant: Claimant, given: GivenCart) => Promise<Outcome<GivenTransfer>>;
  /** Address of the page that carries the payload, to open in the buyer's browser. */
  returnPageUrl: (transmissionId: string) => string;
  originsOf: (connection: Connection, returnUrl: string) => Pick<PageOrigins, 'formAction' | 'frameAncestors'>;
}

/**
 * `POST /v1/punchout/transfer` and `/oci/transfer` (PunchOut Session API): a cart that the shop built itself. The
 * caller is a write key, with `session_id` in the query if BuyerCookie is not enough, or the browser of the session
 * (never from another site's page). A browser gets the page that carries the cart. All others get JSON with that page's
 * address.
 */
export function transferRoute(deps: TransferDeps): (read: ReadGivenCart) => RequestHandler {
  return (read) => async (req, res) => {
    const key = bearerKey(req);
    const caller = key === undefined ? await sessionOf(deps, req, res) : await ownerOf(deps, req);
    if (!caller.ok) {
      sendAnswer(res, refusalAnswer(req, caller.refusal));
      return;
    }
    const { claimant, tenantId } = caller.value;
    learn(res, { kind: req.path.startsWith('/oci/') ? 'OCI cart' : 'PunchOutOrderMessage' });
    const attempt = async (): Promise<Outcome<GivenTransfer>> => {
      const given = read(req);
      const outcome = given.ok ? await deps.transferGiven(claimant, given.value) : given;
      learn(
        res,
        outcome.ok
          ? { transmission: outcome.value.transmission, connection: outcome.value.connection }
          : 'transmission' in claimant
            ? { transmission: claimant.transmission }
            : { connection: { tenantId } },
      );
      return outcome;
    };
    if (isNavigation(req)) {
      const outcome = await attempt();
      if (outcome.ok && key === undefined) await deps.clearSession(req, res);
      if (outcome.ok) sendReturnPage(res, outcome.value, deps);
      else sendOciRefusal(req, res, outcome.refusal);
      return;
    }
    const answer = await deps.once(req, tenantId, async () => {
      const outcome = await attempt();
      return outcome.ok ? dataAnswer(transferView(outcome.value, deps)) : refusalAnswer(req, outcome.refusal);
    });
    if (answer.status === 200 && key === undefined) await deps.clearSession(req, res);
    sendAnswer(res, answer);
  };
}

interface Caller {
  claimant: Claimant;
  tenantId: string;
}

async function ownerOf({ authenticateKey }: TransferDeps, req: Request): Promise<Outcome<Caller>> {
  const owner = await authenticateKey(req, 'write');
  if (!owner.ok) return owner;
  const { tenantId } = owner.value;
  const { session_id: sessionId } = req.query;
  if (sessionId !== undefined && typeof sessionId !== 'string')
    return refuse('INVALID_REQUEST', 'session_id is in the query more than once: send it once.', {
      field: 'session_id',
    });
  return accept({ tenantId, claimant: { tenantId, sessionId } });
}

/** Another site's page must not send a cart with our cookie (architecture.md decision 1). */
async function sessionOf(
  { findSession, frontendOrigins, publicOrigin }: TransferDeps,
  req: Request,
  res: Response,
): Promise<Outcome<Caller>> {
  const session = await findSession(req, res);
  if (session === undefined)
    return refuse(
      'INVALID_CREDENTIALS',
      'Send an API key (Authorization: Bearer ...), or the cookie of a live session.',
      { protocol: 'api_key' },
    );
  const { transmission } = session;
  if (requestSite(req, publicOrigin, await frontendOrigins(transmission.tenantId)) === 'cross')
    return refuse(
      'INVALID_CREDENTIALS',
      'The session cookie came from a page of another site. Send an API key, ' +
        'or add the origin of that page to frontendOrigins of the tenant.',
      { protocol: 'session' },
    );
  return accept({ tenantId: transmission.tenantId, claimant: { transmission } });
}

function transferView(
  { payload, transmission: { transmissionId } }: GivenTransfer,
  { returnPageUrl }: TransferDeps,
): object {
  const { payloadId, summary, method, action, target, charset, fields, notCarried } = payload;
  return {
    session_id: transmissionId,
    status: 'completed',
    payload_id: payloadId,
    items_count: new ExactNumber(summary.itemsCount),
    total_amount: new ExactNumber(summary.totalAmount),
    currency: summary.currency,
    not_carried: notCarried,
    return_page_url: returnPageUrl(transmissionId),
    form: { method, action, target, charset, fields },
  };
}

function sendReturnPage(
  res: Response,
  { payload, transmission, connection }: GivenTransfer,
  { originsOf }: Pick<TransferDeps, 'originsOf'>,
): void {
  const texts = pageTexts(res, transmission.request.language ?? connection.settings.language);
  sendPage(res, transferPage({ payload, texts }), {
    ...originsOf(connection, transmission.returnUrl),
    charset: payload.charset,
    page: 'transfer',
    script: true,
  });
}

export const RETURN_PAGE_PATH = '/return';

interface Deps extends Pick<TransferDeps, 'originsOf'> {
  open: (transmissionId: string, token: string | undefined) => Promise<Outcome<GivenTransfer>>;
}

/**
 * `GET /v1/punchout/return/{transmissionId}?token=…`: the page that carries a cart received by request, for 24 hours.
 */
export function returnPageRoute({ open, originsOf }: Deps): RequestHandler {
  return async (req, res) => {
    if (isHarmlessLook(req)) {
      res.status(204).end();
      return;
    }
    const { token } = req.query;
    const opened = await open(String(req.params['transmissionId']), typeof token === 'string' ? token : undefined);
    if (opened.ok) learn(res, { transmission: opened.value.transmission });
    if (opened.ok) sendReturnPage(res, opened.value, { originsOf });
    else sendOciRefusal(req, res, opened.refusal);
  };
}
