import type { RequestHandler } from 'express';
import { clientsPage } from '../../../console/pages/access/clients-page.js';
import { accept, refuse } from '../../../domain/error-codes.js';
import { type OAuthClients, USUAL_OAUTH_SCOPES } from '../../../ports/access/client-keys.js';
import type { ClientManagement } from '../../../usecases/manage/oauth-clients.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard } from '../guard.js';
import type { Prove } from '../prove.js';
import { accessChange, doneIn, draftOf } from './access-change.js';

export interface ClientDeps {
  pages: ConsolePages;
  oauthClients: Pick<OAuthClients, 'list'>;
  clientManagement: ClientManagement;
}

/** OAuth clients of a tenant. A secret is in the one answer that made it, and in no address and no store. */
export function clientRoutes(
  { pages, oauthClients, clientManagement }: ClientDeps,
  guard: Guard,
  prove: Prove,
): Record<'show' | 'add' | 'addSecret' | 'revokeSecret' | 'revoke', RequestHandler> {
  const change = accessChange<string>({
    guard,
    prove,
    back: `${pages.base}/access/clients`,
    async show(visit, { made, outcome, isDraft = false }, status = 200) {
      const { res, frame, used } = visit;
      const clients = await oauthClients.list(used.operator.tenantId);
      const draft = isDraft ? draftOf(visit) : {};
      const more = {
        ...(made === undefined ? {} : { madeSecret: made }),
        ...(outcome === undefined ? {} : { outcome }),
      };
      pages.send(res, frame, clientsPage(frame, { clients, draft, ...more }), status);
    },
  });

  return {
    show: guard('read_keys', async (visit) => {
      const clients = await oauthClients.list(visit.used.operator.tenantId);
      pages.send(visit.res, visit.frame, clientsPage(visit.frame, { clients, draft: {}, ...doneIn(visit) }));
    }),
    add: change(async ({ form }, of) => {
      const name = (form.get('name') ?? '').trim();
      if (name === '' || name.length > 100) return refuse('INVALID_REQUEST', 'A name has 1 to 100 characters.');
      const clientId = (form.get('client_id') ?? '').trim();
      const made = await clientManagement.add(of, { clientId, name, scopes: USUAL_OAUTH_SCOPES });
      return made.ok ? accept(made.value.secret) : made;
    }),
    addSecret: change(async ({ req }, of) => {
      const made = await clientManagement.addSecret(of, String(req.params['clientId']));
      return made.ok ? accept(made.value.secret) : made;
    }),
    revokeSecret: change(async ({ req }, of) => {
      const client = String(req.params['clientId']);
      const revoked = await clientManagement.revokeSecret(of, client, String(req.params['secretId']));
      return revoked.ok ? accept(undefined) : revoked;
    }),
    revoke: change(async ({ req }, of) => {
      const revoked = await clientManagement.revoke(of, String(req.params['clientId']));
      return revoked.ok ? accept(undefined) : revoked;
    }),
  };
}
