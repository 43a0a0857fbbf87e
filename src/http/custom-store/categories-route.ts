import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { NumberedCategory } from '../../usecases/history/list-categories.js';
import type { AuthenticateMiddleware } from './admitted-middleware.js';
import { CATEGORIES_QUERY } from './read-clone-request.js';
import { sendRefusal } from './envelope.js';
import { fieldCheck } from './field-check.js';

interface Deps {
  authenticate: AuthenticateMiddleware;
  categories: (tenantId: string) => Promise<NumberedCategory[]>;
}

const check = fieldCheck<{ api_key: string; limit?: number; page: number }>(CATEGORIES_QUERY, 'query');

/** `GET /api/punchout/categories?api_key=` (source 004, section 4): the whole tree, or with `limit` a page of it; unchanged, 304 to its ETag. */
export function categoriesRoute({ authenticate, categories }: Deps): RequestHandler {
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
    // Its owner may keep it and ask whether it still holds; nobody between may, since the address holds the key.
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
