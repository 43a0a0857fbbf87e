import type { Request, RequestHandler, Response } from 'express';
import type { Connection } from '../../domain/connection.js';
import { type Outcome, type Refusal, refuse } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/setup-request.js';
import { parseFlatForm, parseFlatQuery } from '../../protocols/form/parse-flat-form.js';
import { findOciCredentials } from '../../protocols/oci/find-credentials.js';
import { parseOciCallUp } from '../../protocols/oci/parse-call-up.js';
import type { CallUp, Started } from '../../usecases/start-punchout.js';
import { isHarmlessLook } from '../middleware/request-site.js';
import { sendPage } from '../middleware/send-page.js';
import { errorPage } from '../views/error-page.js';
import { ociRedirectPage } from '../views/oci-redirect-page.js';
import { languageOf } from '../views/texts.js';
import { gatewayStatus } from './json-envelope.js';

interface Deps {
  publicUrl: string;
  authenticate: (caller: { username: string; password: string }) => Promise<Outcome<Connection>>;
  start: (callUp: CallUp) => Promise<Outcome<Started>>;
  refused: (refusal: Refusal) => void;
  framersOf: (connection: Connection) => string[];
}

/** `POST|GET /v1/punchout/oci/setup` (source 002): a page that sends the browser on; GET is answered by 303 to a clean address. */
export function ociSetupRoute({ publicUrl, authenticate, start, refused, framersOf }: Deps): RequestHandler {
  async function setUp(req: Request): Promise<{ connection?: Connection; started: Outcome<Started> }> {
    const pairs = parametersOf(req);
    if (!pairs.ok) return { started: pairs };
    const credentials = findOciCredentials(pairs.value);
    if (!credentials.ok) return { started: credentials };
    const { username = '', password = '' } = credentials.value;
    const connection = await authenticate({ username, password });
    if (!connection.ok) return { started: connection };
    if (req.method === 'GET' && !connection.value.settings.oci.allowGet) return { connection: connection.value, started: refuse('GET_NOT_ALLOWED') };
    const parsed = parseOciCallUp(pairs.value, connection.value.settings.oci.parameters);
    if (!parsed.ok) return { connection: connection.value, started: parsed };
    const { hookUrl, request } = parsed.value;
    if (hookUrl === undefined) return { connection: connection.value, started: refuse('INVALID_REQUEST', 'HOOK_URL is missing; there is nowhere to return the cart to.', { parameter: 'HOOK_URL' }) };
    return { connection: connection.value, started: await start({ connection: connection.value, protocol: 'oci', operation: 'create', request, buyerCookie: '', returnUrl: hookUrl }) };
  }

  return async (req, res) => {
    if (isHarmlessLook(req)) {
      res.status(204).end();
      return;
    }
    const { connection, started } = await setUp(req);
    const frameAncestors = connection === undefined ? [] : framersOf(connection);
    if (!started.ok) {
      refused(started.refusal);
      sendOciRefusal(req, res, started.refusal, undefined, frameAncestors);
      return;
    }
    const startUrl = publicUrl + started.value.startPath;
    if (req.method === 'GET') res.redirect(303, startUrl);
    else sendPage(res, ociRedirectPage({ startUrl, language: languageOf(started.value.transmission.request.language) }), { formAction: [], frameAncestors });
  };
}

/** The OCI dialect's no: a page for the person in front of it. */
export function sendOciRefusal(req: Request, res: Response, refusal: Refusal, id?: string, frameAncestors: readonly string[] = []): void {
  const status = gatewayStatus(refusal.code);
  if (status === 503) res.set('Retry-After', '5');
  const language = languageOf(req.get('accept-language'));
  sendPage(res.status(status), errorPage({ status, code: refusal.code, language, ...(refusal.reason === undefined ? {} : { text: refusal.reason }), ...(id === undefined ? {} : { id }) }), { formAction: [], frameAncestors });
}

function parametersOf(req: Request): Outcome<NameValue[]> {
  const charset = /charset="?(iso-8859-1|windows-1252)/i.exec(req.get('content-type') ?? '') === null ? 'utf-8' : 'windows-1252';
  const query = parseFlatQuery(req.originalUrl.split('?').slice(1).join('?'), charset);
  if (req.method === 'GET' || !query.ok) return query;
  const body = parseFlatForm(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0), charset);
  return body.ok ? { ok: true, value: [...body.value, ...query.value] } : body;
}
