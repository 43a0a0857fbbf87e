import type { Connection } from '../../domain/access/connection.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ItemKey, PartyAddress, RequestedItem } from '../../domain/transmission/setup-request.js';
import { ssoTokenOf } from '../../domain/access/customer-clone.js';
import { customerText } from '../../domain/access/store-customer.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { Store } from '../../ports/store/store.js';
import type { CloneResult } from '../../ports/store/store-extras.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import { connectionFor } from '../access/authenticate-client.js';
import { limitAttempts } from '../access/limit-attempts.js';
import type { CallUp, Started } from './start-punchout.js';

interface Deps {
  start: (callUp: CallUp) => Promise<Outcome<Started>>;
  transmissions: Pick<TransmissionRepository, 'attachClone' | 'end'>;
  store: Pick<Store, 'customers'>;
  audit: AuditLog;
}

/** A middleware's request (custom store integration). */
export interface CloneRequest {
  username: string;
  endCustomerId: number;
  sessionToken: string;
  operation: string;
  gatewayBaseUrl: string;
  selectedItem?: ItemKey;
  /** Where the goods go: by its address id the connection may choose another customer to clone. */
  shipTo?: PartyAddress | undefined;
  items: RequestedItem[];
}

/** Reason for the audit why no account was created. The middleware is only told that there is none. */
type Fault =
  'end_customer_unknown' | 'user_not_listed' | 'shop_makes_no_accounts' | Extract<CloneResult, { ok: false }>['fault'];

/** Maximum audit rows per minute for refused requests: of one connection for one fault, and of a whole tenant. */
const MOST_REFUSALS = 20;
const MOST_REFUSALS_OF_TENANT = 600;

/**
 * For an authenticated middleware: creates an account after a template user that the connection lists, bound to a new
 * transmission, and returns the token of its SSO link. A request for any other user is refused with CLONE_REFUSED and
 * audited, and nothing is created (T41). The account is removed after the transmission by a job of the same commit.
 */
export function cloneUser({
  start,
  transmissions,
  store,
  audit,
}: Deps): (
  opened: [Connection, ...Connection[]],
  request: CloneRequest,
) => Promise<Outcome<{ ssoToken: string; transmission: Transmission }>> {
  const note = (tenantId: string, details: Record<string, string>): Promise<void> =>
    audit.note({ tenantId, event: 'clone_refused', actor: 'middleware', details });
  const refusals = limitAttempts<Pick<Connection, 'tenantId' | 'connectionId'> & { fault: Fault }>({
    summarise({ tenantId, connectionId, fault }, times) {
      void note(tenantId, { fault, connection: connectionId, times: String(times) }).catch(() => undefined);
    },
  });

  async function refused(
    connection: Connection,
    { username, endCustomerId }: CloneRequest,
    fault: Fault,
    transmission?: Transmission,
  ): Promise<Outcome<never>> {
    const { tenantId, connectionId } = connection;
    const details = {
      fault,
      connection: connectionId,
      username: username.slice(0, 255),
      endCustomerId: String(endCustomerId),
    };
    const subject = { tenantId, connectionId, fault };
    const bounds = [
      { key: JSON.stringify([tenantId, connectionId, fault]), rows: MOST_REFUSALS, subject },
      { key: tenantId, rows: MOST_REFUSALS_OF_TENANT, subject },
    ] as const;
    if (refusals.admit(0, bounds)) await note(tenantId, details);
    if (transmission !== undefined) await transmissions.end(transmission, 'cancelled', 'middleware');
    return refuse('CLONE_REFUSED');
  }

  return async (opened, request) => {
    const connection = connectionFor(opened, request.endCustomerId);
    if (connection === undefined) return refused(opened[0], request, 'end_customer_unknown');
    const { templateUsers = [], roleCeiling = 'buyer' } = connection.settings.repost ?? {};
    if (!templateUsers.includes(request.username)) return refused(connection, request, 'user_not_listed');
    const { customers } = store;
    if (customers === undefined) return refused(connection, request, 'shop_makes_no_accounts');

    const started = await start(callUpOf(connection, request));
    if (!started.ok) return started;
    const { transmission, token } = started.value;
    const { shopCustomer } = transmission.request;
    const template = shopCustomer === undefined ? request.username : customerText(shopCustomer.customer);
    const cloned = await customers.clone(template, transmission, roleCeiling).catch(async (fault: unknown) => {
      await transmissions.end(transmission, 'cancelled', 'middleware').catch(() => undefined);
      throw fault;
    });
    if (!cloned.ok) return refused(connection, request, cloned.fault, transmission);
    await transmissions.attachClone(transmission, cloned.clone);
    return accept({ ssoToken: ssoTokenOf({ transmissionId: transmission.transmissionId, token }), transmission });
  };
}

function callUpOf(
  connection: Connection,
  { username, endCustomerId, sessionToken, operation, gatewayBaseUrl, selectedItem, shipTo, items }: CloneRequest,
): CallUp {
  return {
    connection,
    protocol: 'repost',
    operation,
    buyerCookie: sessionToken,
    returnUrl: gatewayBaseUrl,
    request: {
      deploymentMode: 'production',
      buyer: {},
      extrinsics: [],
      items,
      shipTo,
      selectedItem,
      repost: { endCustomerId, templateUser: username },
    },
  };
}
