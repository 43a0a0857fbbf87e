import type { Request, RequestHandler, Response } from 'express';
import type { Connection } from '../../../domain/access/connection.js';
import type { Outcome, Refusal } from '../../../domain/error-codes.js';
import {
  type InstantAnswer,
  type InstantAnswers,
  wantsAnswerAtOnce,
} from '../../../usecases/punchout/answer-at-once.js';
import type { CallUp, Started } from '../../../usecases/punchout/start-punchout.js';
import { isHarmlessLook } from '../../callers/request-site.js';
import { setRetryAfter } from '../../answers/error-answers.js';
import { type PageOrigins, sendPage } from '../../answers/send-page.js';
import { errorPage } from '../../views/error-page.js';
import { ociRedirectPage, searchHitsPage } from '../../views/oci-pages.js';
import { languageOf } from '../../views/texts.js';
import { transferPage } from '../../views/transfer-page.js';
import { learn } from '../../exchange-facts.js';
import { statusOf } from '../../error-statuses.js';
import { referenceOf } from '../../reference.js';
import { type OciCallUpDeps, readOciCallUp } from './oci-call-up.js';

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
            language: languageOf(started.value.transmission.request.language),
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
  const view = { payload, language: languageOf(language ?? connection.settings.language) };
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
  const language = languageOf(req.get('accept-language'));
  sendPage(
    res.status(status),
    errorPage({
      status,
      code: refusal.code,
      language,
      ...(refusal.reason === undefined ? {} : { text: refusal.reason }),
      reference: referenceOf(res),
    }),
    { formAction: [], frameAncestors, page: 'refusal' },
  );
}
