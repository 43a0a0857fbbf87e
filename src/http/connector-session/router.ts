import express, { type RequestHandler, Router } from 'express';
import { differencesOf } from '../../domain/restore-report.js';
import type { Logger } from '../../ports/logger.js';
import type { SessionFinder } from '../browser/session-finder.js';
import { errorAnswers } from '../middleware/error-answers.js';
import { sendRefusal } from './envelope.js';

interface Routes {
  login: RequestHandler;
  logout: RequestHandler;
  redirect: RequestHandler;
  restored: RequestHandler;
  sessions: SessionFinder;
  log: Logger;
}

export const CONNECTOR_SESSION_PREFIX = '/agiqon/connector/session';

/** Source 000's ConnectorSessionController. */
export function connectorSessionRouter({ login, logout, redirect, restored, sessions, log }: Routes): Router {
  const router = Router();
  const body = express.urlencoded({ extended: false, limit: '4kb', parameterLimit: 20 });
  const routes: [path: string, methods: ('get' | 'post')[], handler: RequestHandler][] = [
    ['/login/:transmissionId', ['get', 'post'], login],
    ['/logout', ['get', 'post'], logout],
    ['/logout/redirect', ['get', 'post'], redirect],
    ['/restored', ['get'], restored],
    ['/get', ['get'], getRoute(sessions)],
  ];
  for (const [path, methods, handler] of routes) {
    const route = router.route(path);
    for (const method of methods) route[method](body, handler);
    route.all((req, res) => {
      res.set('Allow', methods.map((method) => method.toUpperCase()).join(', '));
      sendRefusal(req, res, { code: 'METHOD_NOT_ALLOWED' });
    });
  }
  router.use((req, res) => {
    sendRefusal(req, res, { code: 'NOT_FOUND' });
  });
  router.use(errorAnswers(log, () => (req, res, refusal, id) => {
    sendRefusal(req, res, refusal, id === undefined ? {} : { id });
  }));
  return router;
}

function getRoute(sessions: SessionFinder): RequestHandler {
  return async (req, res) => {
    const session = await sessions.live(req, res);
    if (session === undefined) {
      res.json({ active: false });
      return;
    }
    const { transmissionId, protocol, operation, status, expiresAt, restored } = session.transmission;
    res.json({ active: true, transmissionId, protocol, operation, status, expiresAt, ...(operation === 'create' ? {} : { restored: differencesOf(restored) }) });
  };
}
