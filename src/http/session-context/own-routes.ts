import type { Request, RequestHandler, Response } from 'express';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { TENANT_ID } from '../../domain/access/tenant.js';
import type { CustomerTokens } from '../../ports/access/tokens.js';
import type { SessionFinder } from '../browser/session-finder.js';
import type { FrontendCors } from '../callers/frontend-cors.js';
import { requestSite } from '../callers/request-site.js';
import type { ChangeContext } from '../../usecases/context/change-context.js';
import type { ContextAttributes, ReadContext } from '../../usecases/context/read-context.js';
import { bearerToken, contextView, sendRefusal } from './envelope.js';
import { readAttribute, readOwnChange } from './read-body.js';

export interface OwnDeps {
  sessions: Pick<SessionFinder, 'live'>;
  customers: CustomerTokens;
  cors: FrontendCors;
  publicOrigin: string;
  frontendOrigins(tenantId: string): Promise<readonly string[]>;
  read: ReadContext;
  change: ChangeContext;
  attributes: ContextAttributes;
  /** Called for requests with a valid customer token. */
  proven: (req: Request) => void;
}

interface Call {
  tenantId: string;
  sessionId: string;
  actor: string;
}

type Handler = (call: Call, req: Request, res: Response) => Promise<Outcome<void>>;

/** `/{tenant}/me/context` and its attributes: the session's own context, by its cookie or its customer's token. */
export function ownRoutes({
  sessions,
  customers,
  cors,
  publicOrigin,
  frontendOrigins,
  read,
  change,
  attributes,
  proven,
}: OwnDeps): Record<'cors' | 'get' | 'patch' | 'addAttribute' | 'removeAttribute', RequestHandler> {
  async function callOf(req: Request, res: Response): Promise<Outcome<Call>> {
    const tenantId = String(req.params.tenant);
    if (!TENANT_ID.test(tenantId))
      return refuse('INVALID_REQUEST', `tenant must match ${TENANT_ID.source}.`, { field: 'tenant' });
    const token = bearerToken(req);
    if (token !== undefined) {
      const call = await byToken(tenantId, token);
      if (call.ok) proven(req);
      return call;
    }
    const session = await sessions.live(req, res);
    if (session?.transmission.tenantId !== tenantId) return refuse('INVALID_CREDENTIALS');
    // Another site's page never changes state (architecture.md decision 1).
    if (req.method !== 'GET' && requestSite(req, publicOrigin, await frontendOrigins(tenantId)) === 'cross')
      return refuse('INVALID_CREDENTIALS', 'Another site may not change a session.');
    return accept({ tenantId, sessionId: session.transmission.transmissionId, actor: 'browser' });
  }

  /** A token opens only the session that it names and that belongs to its customer. */
  async function byToken(tenantId: string, token: string): Promise<Outcome<Call>> {
    const shown = await customers.verify(tenantId, token);
    if (shown?.sessionId === undefined) return refuse('INVALID_CREDENTIALS');
    const context = await read(tenantId, shown.sessionId);
    if (context === undefined) return refuse('TRANSMISSION_NOT_FOUND');
    return context.fields.customerId === shown.customerId
      ? accept({ tenantId, sessionId: shown.sessionId, actor: `customer:${shown.customerId}` })
      : refuse('CUSTOMER_MISMATCH');
  }

  const answering =
    (handle: Handler): RequestHandler =>
    async (req, res) => {
      const call = await callOf(req, res);
      const outcome = call.ok ? await handle(call.value, req, res) : call;
      if (!outcome.ok) sendRefusal(res, outcome.refusal, call.ok ? call.value.sessionId : undefined);
    };

  return {
    cors: async (req, res, next) => {
      if ((await cors(req, res)) === 'go_on') next();
    },
    get: answering(async ({ tenantId, sessionId }, _req, res) => {
      const context = await read(tenantId, sessionId);
      if (context === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      res.json(contextView(context));
      return accept(undefined);
    }),
    patch: answering(async (call, req, res) => {
      const body = readOwnChange(req.body);
      if (!body.ok) return body;
      const changed = await change({ ...call, ...body.value });
      if (!changed.ok) return changed;
      res.status(204).end();
      return accept(undefined);
    }),
    addAttribute: answering(async (call, req, res) => {
      const body = readAttribute(req.body);
      if (!body.ok) return body;
      const set = await attributes.set({ ...call, name: body.value.key, value: body.value.value });
      if (!set.ok) return set;
      res.status(201).json(body.value.key);
      return accept(undefined);
    }),
    removeAttribute: answering(async (call, req, res) => {
      const removed = await attributes.remove({ ...call, name: String(req.params.name) });
      if (!removed.ok) return removed;
      res.status(204).end();
      return accept(undefined);
    }),
  };
}
