import type { Request, RequestHandler, Response } from 'express';
import type { Connection } from '../../../domain/access/connection.js';
import { type Outcome, type Refusal, accept, refuse } from '../../../domain/error-codes.js';
import {
  type InstantAnswer,
  type InstantAnswers,
  wantsAnswerAtOnce,
} from '../../../usecases/punchout/answer-at-once.js';
import type { CallUp, Started } from '../../../usecases/punchout/start-punchout.js';
import { isHarmlessLook } from '../../callers/request-site.js';
import { setRetryAfter } from '../../answers/error-answers.js';
import { pageTexts } from '../../answers/page-texts.js';
import { type PageOrigins, sendPage } from '../../answers/send-page.js';
import { errorPage } from '../../views/error-page.js';
import { ociRedirectPage, searchHitsPage } from '../../views/oci-pages.js';
import { transferPage } from '../../views/transfer-page.js';
import { learn } from '../../exchange-facts.js';
import { statusOf } from '../../error-statuses.js';
import { referenceOf } from '../../reference.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';
import type { OciParameterNames } from '../../../ports/access/connection-repository.js';
import { formCharset, parseFlatQuery } from '../../../protocols/form/parse-flat-form.js';
import { parseFormBody, wrappingHint } from '../../../protocols/form/parse-form-body.js';
import { type OciCredentials, findOciCredentials } from '../../../protocols/oci/call-up/collect-call-up.js';
import { parseOciCallUp } from '../../../protocols/oci/call-up/parse-call-up.js';
import type { AdmitConnection } from '../../callers/admission.js';
import type { OciCaller } from '../../../usecases/access/authenticate-caller.js';

interface Deps extends OciCallUpDeps {
  publicUrl: string;
  /** Public URL of this API family. */
  gatewayUrl: string;
  start: (callUp: CallUp) => Promise<Outcome<Started>>;
  instant: InstantAnswers;
  refused: (refusal: Refusal) => void;
  originsOf: (connection: Connection) => Pick<PageOrigins, 'formAction' | 'frameAncestors'>;
}

export const OCI_ANSWER_PATH = '/oci/answer';

/**
 * `POST|GET /v1/punchout/oci/setup` (PunchOut Session API): a page that redirects the browser or, for VALIDATE and
 * BACKGROUND_SEARCH, the answer itself (oci.md 2). A GET has the password in its address, so it is answered with 303 to
 * an address without it: the start link or the answer's address.
 */
export function ociSetupRoute(deps: Deps): RequestHandler {
  const { publicUrl, gatewayUrl, start, instant, refused, originsOf } = deps;
  return async (req, res) => {
    if (isHarmlessLook(req)) {
      res.status(204).end();
      return;
    }
    const { connection, callUp, username, secretNames } = await readOciCallUp(req, deps);
    learn(res, {
      kind: 'OCI call-up',
      secretNames,
      ...(connection === undefined ? {} : { connection }),
      ...(username === undefined ? {} : { names: [{ kind: 'oci', domain: '', identity: username }] }),
    });
    const refuse = (refusal: Refusal): void => {
      refused(refusal);
      sendOciRefusal(req, res, refusal, connection === undefined ? [] : originsOf(connection).frameAncestors);
    };
    if (!callUp.ok) refuse(callUp.refusal);
    else if (wantsAnswerAtOnce(callUp.value.request)) {
      const answered = await instant.answer(callUp.value);
      if (answered.ok) learn(res, { transmission: answered.value.transmission });
      if (!answered.ok) refuse(answered.refusal);
      else if (req.method === 'GET')
        res.redirect(
          303,
          `${gatewayUrl}${OCI_ANSWER_PATH}/${answered.value.transmission.transmissionId}?token=${answered.value.token}`,
        );
      else sendInstantAnswer(res, answered.value, originsOf(answered.value.connection));
    } else {
      const started = await start(callUp.value);
      if (started.ok) learn(res, { transmission: started.value.transmission });
      if (!started.ok) refuse(started.refusal);
      else if (req.method === 'GET') res.redirect(303, publicUrl + started.value.startPath);
      else
        sendPage(
          res,
          ociRedirectPage({
            startUrl: publicUrl + started.value.startPath,
            texts: pageTexts(res, started.value.transmission.request.language),
          }),
          {
            formAction: [],
            frameAncestors: originsOf(callUp.value.connection).frameAncestors,
            page: 'call-up',
            tellsOrigin: true,
          },
        );
    }
  };
}

/** `GET /v1/punchout/oci/answer/{transmissionId}?token=…`: shows the answer to a call-up by GET, once. */
export function ociAnswerRoute({ instant, originsOf }: Pick<Deps, 'instant' | 'originsOf'>): RequestHandler {
  return async (req, res) => {
    if (isHarmlessLook(req)) {
      res.status(204).end();
      return;
    }
    const { token } = req.query;
    const answer = await instant.take(
      String(req.params['transmissionId']),
      typeof token === 'string' ? token : undefined,
    );
    if (answer.ok) learn(res, { transmission: answer.value.transmission });
    if (answer.ok) sendInstantAnswer(res, answer.value, originsOf(answer.value.connection));
    else sendOciRefusal(req, res, answer.refusal);
  };
}

/**
 * The page of VALIDATE submits itself. The hits of BACKGROUND_SEARCH are read by the buyer's server or sent by a person
 * (oci.md 2).
 */
function sendInstantAnswer(
  res: Response,
  { payload, transmission, connection }: InstantAnswer,
  origins: Pick<PageOrigins, 'formAction' | 'frameAncestors'>,
): void {
  const { language, oci } = transmission.request;
  const view = { payload, texts: pageTexts(res, language ?? connection.settings.language) };
  const submits = oci?.function !== 'BACKGROUND_SEARCH';
  sendPage(res, submits ? transferPage(view) : searchHitsPage(view), {
    ...origins,
    charset: payload.charset,
    page: 'transfer',
    script: submits,
    tellsOrigin: true,
  });
}

/** Refusals in OCI are pages, because a person sees them. */
export function sendOciRefusal(
  req: Request,
  res: Response,
  refusal: Refusal,
  frameAncestors: readonly string[] = [],
): void {
  const status = statusOf('gateway', refusal.code);
  learn(res, { refusal });
  setRetryAfter(res, refusal);
  const texts = pageTexts(res);
  sendPage(
    res.status(status),
    errorPage({
      status,
      code: refusal.code,
      texts,
      // Reasons are written in English, for the engineer, who finds them in the message log too.
      text: texts.language === 'en' ? refusal.reason : undefined,
      reference: referenceOf(res),
    }),
    { formAction: [], frameAncestors, page: 'refusal' },
  );
}

interface OciCallUpDeps {
  authenticate: (caller: OciCaller) => Promise<Outcome<Connection>>;
  /** The address by which wrong secrets are counted. */
  guessAddress: (req: Request) => string | undefined;
  admit: AdmitConnection;
  /** Parameter names that connections use in addition to the usual ones. */
  parameterNames: () => Promise<OciParameterNames[]>;
}

interface ReadCallUp {
  /** Set as soon as the caller is known. */
  connection?: Connection;
  /** User name that the caller claims. */
  username?: string;
  /** Names of fields that hold a password for any connection. */
  secretNames: string[];
  callUp: Outcome<CallUp>;
}

/** Maximum number of user name and password pairs tried per call-up: each costs a slow hash. */
const MAX_TRIALS = 4;

/** Reads an OCI call-up and finds its connection (oci.md 1). */
async function readOciCallUp(req: Request, deps: OciCallUpDeps): Promise<ReadCallUp> {
  const pairs = parametersOf(req);
  if (!pairs.ok) return { callUp: pairs, secretNames: [] };
  const chosen = await deps.parameterNames();
  const secretNames = chosen.map(({ password }) => password);
  const found = await callerOf(pairs.value, chosen, (caller) =>
    deps.authenticate({ ...caller, address: deps.guessAddress(req) }),
  );
  if (!found.ok) return { callUp: found, secretNames, username: usernameOf(pairs.value) };
  const connection = found.value;
  const admitted = await deps.admit(req, connection);
  if (!admitted.ok) return { connection, secretNames, callUp: admitted };
  if (req.method === 'GET' && !connection.settings.oci.allowGet)
    return { connection, secretNames, callUp: refuse('GET_NOT_ALLOWED') };
  const parsed = parseOciCallUp(pairs.value, connection.settings.oci.parameters);
  if (!parsed.ok) return { connection, secretNames, callUp: parsed };
  const { hookUrl, request } = parsed.value;
  if (hookUrl === undefined)
    return {
      connection,
      secretNames,
      callUp: refuse('INVALID_REQUEST', 'HOOK_URL is missing; there is nowhere to return the cart to.', {
        parameter: 'HOOK_URL',
      }),
    };
  return {
    connection,
    secretNames,
    callUp: accept({ connection, protocol: 'oci', operation: 'create', request, buyerCookie: '', returnUrl: hookUrl }),
  };
}

/**
 * Tries the usual parameter names, then each set of names that a connection uses and that this call-up contains. The
 * connection is known only afterwards.
 */
async function callerOf(
  pairs: readonly NameValue[],
  all: readonly OciParameterNames[],
  authenticate: OciCallUpDeps['authenticate'],
): Promise<Outcome<Connection>> {
  const usual = findOciCredentials(pairs);
  if (!usual.ok) return usual;
  const given = new Set(pairs.map(({ name }) => name.toLowerCase()));
  const chosen = all.filter(
    ({ username, password }) => given.has(username.toLowerCase()) || given.has(password.toLowerCase()),
  );
  const trials = new Map<string, OciCredentials>();
  for (const names of [undefined, ...chosen]) {
    const credentials = findOciCredentials(pairs, names);
    if (credentials.ok)
      for (const trial of withTrimmed(credentials.value))
        if (trials.size < MAX_TRIALS) trials.set(trialOf(trial), trial);
  }
  const [first, ...others] = [...trials.values()].map(({ username = '', password = '' }) => ({ username, password }));
  return first === undefined
    ? refuse('INVALID_CREDENTIALS', undefined, { protocol: 'oci' })
    : authenticate({ ...first, others });
}

/** The user name as received, and trimmed. A password is never trimmed. */
function withTrimmed(credentials: OciCredentials): OciCredentials[] {
  const trimmed = credentials.username?.trim();
  return trimmed === credentials.username ? [credentials] : [credentials, { ...credentials, username: trimmed }];
}

function usernameOf(pairs: readonly NameValue[]): string | undefined {
  const usual = findOciCredentials(pairs);
  return usual.ok ? usual.value.username : undefined;
}

function trialOf({ username = '', password = '' }: OciCredentials): string {
  return JSON.stringify([username, password]);
}

function parametersOf(req: Request): Outcome<NameValue[]> {
  const contentType = req.get('content-type') ?? '';
  const query = parseFlatQuery(req.originalUrl.split('?').slice(1).join('?'), formCharset(contentType));
  if (req.method === 'GET' || !query.ok) return query;
  const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const body = parseFormBody(bytes, contentType);
  if (!body.ok) return body;
  const pairs = [...body.value, ...query.value];
  const hint = wrappingHint(contentType);
  // A call-up has several parameters. A body that is not a form parses as one name without a value.
  if (hint !== '' && contentType !== '' && bytes.length > 0 && pairs.every(({ value }) => value === ''))
    return refuse('INVALID_REQUEST', `The call-up has no parameters.${hint}`);
  return accept(pairs);
}
