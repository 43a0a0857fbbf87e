import type { Request, RequestHandler, Response } from 'express';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { TENANT_ID } from '../../domain/access/tenant.js';
import type { CustomerTokens } from '../../ports/access/tokens.js';
import type { OAuthClient } from '../../ports/access/client-keys.js';
import type { ChangeContext } from '../../usecases/context/change-context.js';
import type { ContextAttributes, ReadContext } from '../../usecases/context/read-context.js';
import { bearerToken } from '../bearer-token.js';
import { learn } from '../exchange-facts.js';
import { SCOPE, contextView, sendRefusal } from './envelope.js';
import { readAttribute, readChange } from './read-body.js';

export interface ManagedDeps {
  authenticate: (token: string | undefined, tenantId: string, scope: string) => Promise<Outcome<OAuthClient>>;
  customers: CustomerTokens;
  read: ReadContext;
  change: ChangeContext;
  attributes: ContextAttributes;
  /** Called for requests with a valid access token. */
  proven: (req: Request) => void;
}

interface Call {
  tenantId: string;
  sessionId: string;
  actor: string;
}

type Handler = (call: Call, req: Request, res: Response) => Promise<Outcome<void>>;

/**
 * `/{tenant}/context/{sessionId}` and its attributes, for management systems with an access token (session context).
 */
export function managedRoutes({
  authenticate,
  customers,
  read,
  change,
  attributes,
  proven,
}: ManagedDeps): Record<'get' | 'put' | 'addAttribute' | 'removeAttribute', RequestHandler> {
  async function callOf(req: Request, res: Response): Promise<Outcome<Call>> {
    const [tenantId, sessionId] = [String(req.params.tenant), String(req.params.sessionId)];
    if (!TENANT_ID.test(tenantId))
      return refuse('INVALID_REQUEST', `tenant must match ${TENANT_ID.source}.`, { field: 'tenant' });
    const client = await authenticate(bearerToken(req), tenantId, SCOPE);
    if (!client.ok) return client;
    proven(req);
    learn(res, { connection: { tenantId } });
    return isId(sessionId)
      ? accept({ tenantId, sessionId, actor: `client:${client.value.clientId}` })
      : refuse('TRANSMISSION_NOT_FOUND');
  }

  const answering =
    (handle: Handler): RequestHandler =>
    async (req, res) => {
      const call = await callOf(req, res);
      const outcome = call.ok ? await handle(call.value, req, res) : call;
      if (!outcome.ok) sendRefusal(res, outcome.refusal, String(req.params.sessionId));
    };

  return {
    get: answering(async ({ tenantId, sessionId }, _req, res) => {
      const context = await read(tenantId, sessionId);
      if (context === undefined) return refuse('TRANSMISSION_NOT_FOUND');
      res.json(contextView(context));
      return accept(undefined);
    }),
    put: answering(async (call, req, res) => {
      const upsert = upsertOf(req.query.upsert);
      if (!upsert.ok) return upsert;
      const body = readChange(req.body, call.sessionId);
      if (!body.ok) return body;
      const shown = req.get('saas-token');
      const proven = shown === undefined ? undefined : await customers.verify(call.tenantId, shown);
      if (shown !== undefined && proven === undefined)
        return refuse('INVALID_CREDENTIALS', 'The saas-token is not valid.');
      return sent(
        res,
        await change({ ...call, ...body.value, upsert: upsert.value, customer: { proven: proven?.customerId } }),
      );
    }),
    addAttribute: answering(async (call, req, res) => {
      const body = readAttribute(req.body);
      return body.ok
        ? sent(res, await attributes.set({ ...call, name: body.value.key, value: body.value.value }))
        : body;
    }),
    removeAttribute: answering(async (call, req, res) =>
      sent(res, await attributes.remove({ ...call, name: String(req.params.name) })),
    ),
  };
}

function sent(res: Response, outcome: Outcome<unknown>): Outcome<void> {
  if (!outcome.ok) return outcome;
  res.status(204).end();
  return accept(undefined);
}

/** `upsert` is a string parameter (session context). */
function upsertOf(value: unknown): Outcome<boolean> {
  if (value === undefined || value === 'false' || value === '') return accept(false);
  return value === 'true'
    ? accept(true)
    : refuse('INVALID_REQUEST', 'upsert must be true or false.', { field: 'upsert' });
}

function isId(text: string): boolean {
  return text.length <= 255 && !text.includes('\0');
}
