import type { Request, RequestHandler, Response } from 'express';
import { createHash } from 'node:crypto';
import type { Connection } from '../../domain/access/connection.js';
import type { Outcome, Refusal } from '../../domain/error-codes.js';
import type { TransmissionKey } from '../../domain/transmission/transmission.js';
import type { CloneRequest } from '../../usecases/punchout/clone-user.js';
import { jsonOf } from '../body/check-input.js';
import { learn } from '../exchange-facts.js';
import { sendRefusal } from './envelope.js';
import { missing, fieldCheck } from './field-check.js';
import { readCloneRequest, CATEGORIES_QUERY } from './read-clone-request.js';
import type { NumberedCategory } from '../../usecases/history/list-categories.js';
import { type Admission, admitConnection } from '../callers/admission.js';

interface Deps {
  publicUrl: string;
  authenticate: AuthenticateMiddleware;
  clone: (
    connections: [Connection, ...Connection[]],
    request: CloneRequest,
  ) => Promise<Outcome<{ ssoToken: string; transmission: TransmissionKey }>>;
  refused: (refusal: Refusal) => void;
}

/** Login path of the browser, below the public URL. Same as in Punchout Rocket's example. */
const SSO_PATH = '/sso';

/**
 * `POST /api/punchout/clone` (custom store integration). The key is checked first: without a valid key a caller learns
 * of no other error.
 */
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
    if (outcome.ok) {
      learn(res, { transmission: outcome.value.transmission });
      res.json({ status: 'ok', sso_url: `${publicUrl}${SSO_PATH}?token=${outcome.value.ssoToken}` });
    } else {
      refused(outcome.refusal);
      sendRefusal(res, outcome.refusal);
    }
  };
}

interface CategoriesDeps {
  authenticate: AuthenticateMiddleware;
  categories: (tenantId: string) => Promise<NumberedCategory[]>;
}

const check = fieldCheck<{ api_key: string; limit?: number; page: number }>(CATEGORIES_QUERY, 'query');

/**
 * `GET /api/punchout/categories?api_key=` (custom store integration): the whole tree, or one page with `limit`. Answers
 * 304 if the ETag still matches.
 */
export function categoriesRoute({ authenticate, categories }: CategoriesDeps): RequestHandler {
  return async (req, res) => {
    const query = check({ ...req.query });
    if (!query.ok) {
      sendRefusal(res, query.refusal);
      return;
    }
    const { api_key: apiKey, limit, page } = query.value;
    const connections = await authenticate(req, apiKey);
    if (!connections.ok) {
      sendRefusal(res, connections.refusal);
      return;
    }
    const all = await categories(connections.value[0].tenantId);
    const shown = limit === undefined ? all : all.slice((page - 1) * limit, page * limit);
    const views = shown.map(({ id, name, parentId }) => ({ id, name, parent_id: parentId }));
    const paging =
      limit === undefined ? {} : { page, total: all.length, next_page: page * limit < all.length ? page + 1 : null };
    const body = JSON.stringify({ status: 'ok', categories: views, ...paging });
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    // Only the client may cache and revalidate it, no proxy: the address contains the key.
    res.set({ ETag: etag, 'Cache-Control': 'private, no-cache' });
    if (holdsStill(req.get('if-none-match'), etag)) res.status(304).end();
    else res.type('application/json').send(body);
  };
}

function holdsStill(ifNoneMatch: string | undefined, etag: string): boolean {
  return (
    ifNoneMatch !== undefined &&
    ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
  );
}

/** The connections that an api_key opens for this request, at least one. */
type AuthenticateMiddleware = (req: Request, apiKey: string) => Promise<Outcome<[Connection, ...Connection[]]>>;

/** A key has the limits of its first connection: allowed addresses and rate. */
export function admittedMiddleware(
  authenticate: (apiKey: string, address?: string) => ReturnType<AuthenticateMiddleware>,
  admission: Pick<Admission, 'admit' | 'guessAddress'>,
): AuthenticateMiddleware {
  const admit = admitConnection(admission);
  return async (req, apiKey) => {
    const connections = await authenticate(apiKey, admission.guessAddress(req));
    if (!connections.ok) return connections;
    const admitted = await admit(req, connections.value[0]);
    return admitted.ok ? connections : admitted;
  };
}
