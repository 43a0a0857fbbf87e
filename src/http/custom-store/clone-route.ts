import type { Request, RequestHandler, Response } from 'express';
import type { Connection } from '../../domain/access/connection.js';
import type { Outcome, Refusal } from '../../domain/error-codes.js';
import type { TransmissionKey } from '../../domain/transmission/transmission.js';
import type { CloneRequest } from '../../usecases/punchout/clone-user.js';
import { jsonOf } from '../body/check-input.js';
import { learn } from '../exchange-log.js';
import type { AuthenticateMiddleware } from './admitted-middleware.js';
import { sendRefusal } from './envelope.js';
import { missing } from './field-check.js';
import { readCloneRequest } from './read-clone-request.js';

interface Deps {
  publicUrl: string;
  authenticate: AuthenticateMiddleware;
  clone: (
    connections: [Connection, ...Connection[]],
    request: CloneRequest,
  ) => Promise<Outcome<{ ssoToken: string; transmission: TransmissionKey }>>;
  refused: (refusal: Refusal) => void;
}

/** Where the browser logs in, below the public URL; the same path as in source 004's example. */
export const SSO_PATH = '/sso';

/** `POST /api/punchout/clone` (source 004, section 1). Who has no key learns of nothing else that is wrong. */
export function cloneRoute({ publicUrl, authenticate, clone, refused }: Deps): RequestHandler {
  async function answer(req: Request, res: Response): ReturnType<Deps['clone']> {
    learn(res, { kind: 'Clone request' });
    const body = jsonOf(req.body);
    if (!body.ok) return body;
    const apiKey =
      typeof body.value === 'object' && body.value !== null && 'api_key' in body.value ? body.value.api_key : undefined;
    if (typeof apiKey !== 'string' || apiKey === '') return missing('api_key');
    const connections = await authenticate(req, apiKey);
    if (!connections.ok) return connections;
    learn(res, { connection: { tenantId: connections.value[0].tenantId } });
    const request = readCloneRequest(body.value);
    return request.ok ? clone(connections.value, request.value) : request;
  }

  return async (req, res) => {
    const outcome = await answer(req, res);
    learn(res, outcome.ok ? { transmission: outcome.value.transmission } : { refusal: outcome.refusal });
    if (outcome.ok) res.json({ status: 'ok', sso_url: `${publicUrl}${SSO_PATH}?token=${outcome.value.ssoToken}` });
    else {
      refused(outcome.refusal);
      sendRefusal(res, outcome.refusal);
    }
  };
}
