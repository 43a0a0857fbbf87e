import type { RequestHandler, Router as ExpressRouter } from 'express';
import { methodNotAllowed } from '../../answers/error-answers.js';
import { type ApiCall, type ApiRouteDeps, apiRoute } from './api-route.js';
import type { BodyReader, StandingOf } from '../../body/read-body.js';
import { sendJsonRefusal } from '../json-envelope.js';
import { type SessionCalls, batchScope } from '../sessions/session-calls.js';
import { Router } from '../../router.js';

interface Deps extends ApiRouteDeps {
  sessions: SessionCalls;
  analytics: ApiCall;
  readBody: BodyReader;
  standingOf: StandingOf;
  messages: { ofSession: ApiCall; list: ApiCall };
  indexFile: RequestHandler;
}

/** architecture.md section 5. */
const BODY_LIMIT = 256 * 1024;

/** The part of the PunchOut Session API that needs an API key: sessions, messages, figures and indexes. */
export function apiRouter({
  sessions,
  analytics,
  messages,
  indexFile,
  readBody,
  standingOf,
  ...deps
}: Deps): ExpressRouter {
  const router = Router();
  const route = apiRoute(deps);
  const body = readBody({ limit: BODY_LIMIT, standingOf });
  const only = (allow: string): RequestHandler => methodNotAllowed(allow, sendJsonRefusal);
  router.route('/sessions').get(route('read', sessions.list)).all(only('GET'));
  router.route('/sessions/batch').post(body, route(batchScope, sessions.batch)).all(only('POST'));
  router.route('/sessions/:id').get(route('read', sessions.get)).all(only('GET'));
  router.route('/sessions/:id/cancel').post(body, route('write', sessions.cancel)).all(only('POST'));
  router.route('/sessions/:id/messages').get(route('read', messages.ofSession)).all(only('GET'));
  router.route('/messages').get(route('read', messages.list)).all(only('GET'));
  router.route('/analytics').get(route('read', analytics)).all(only('GET'));
  router.route('/indexes/:connection/:format').get(indexFile).all(only('GET'));
  return router;
}
