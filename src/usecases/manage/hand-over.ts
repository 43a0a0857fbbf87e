import type { Acceptance } from '../../domain/access/acceptance.js';
import type { Connection, ProfileName } from '../../domain/access/connection.js';
import { digestOf, newSecret } from '../../domain/digest.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { Protocol } from '../../domain/transmission/protocol.js';
import type { ApiKeyRepository, OAuthClients } from '../../ports/access/client-keys.js';
import type { HandOver, HandOvers } from '../../ports/access/hand-overs.js';
import type { Atomically, ChangeOf } from '../../ports/managed-directory.js';
import { addSecret } from './connection-secrets.js';
import type { ReadAcceptance } from './read-acceptance.js';
import { type ConnectionReads, type ShownConnection, shownConnection } from './read-connections.js';
import { lockedConnection, settled } from './within-change.js';

/** What a buyer's IT enters into its procurement system. */
export interface HandOverSheet {
  name: string;
  protocol: Protocol;
  profile?: ProfileName;
  addresses: { use: 'call_up' | 'order' | 'open_buy'; url: string }[];
  /** Fields of the call-up with their values, in the words of the protocol; the secret's value is absent. */
  access: { field: string; value?: string }[];
  /** Carts are sent to these addresses only. */
  returnOrigins: string[];
  samples: { kind: 'call_up' | 'cart'; content: string }[];
}

type OpenedSheet =
  | { kind: 'ready'; sheet: HandOverSheet; session: string; secret?: string }
  | { kind: 'opened'; at: Date }
  | { kind: 'unknown' };

export interface HandOverUseCases {
  sheet(tenantId: string, connectionId: string): Promise<Outcome<HandOverSheet & { connection: ShownConnection }>>;
  links(tenantId: string, connectionId: string): Promise<HandOver[]>;
  /** The token of a new link. With `withSecret` a secret is made that only this link shows, once. */
  makeLink(of: ChangeOf, withSecret: boolean): Promise<Outcome<{ token: string; expiresAt: Date; version: number }>>;
  /** Looks at a link without opening it: mail programs open links too. */
  peek(token: string): ReturnType<HandOvers['peek']>;
  /**
   * Shows the sheet, with the secret that was made for the link. A second time it is refused. `session`: the secret of
   * a session of HAND_OVER_HOURS, in which `handedOver` shows the sheet without the secret.
   */
  open(token: string, address: string): Promise<OpenedSheet>;
  /** The sheet and what was seen of it. Undefined: the session is over. */
  handedOver(session: string): Promise<HandedOver | undefined>;
}

interface OpenBuyClients {
  apiKeys: Pick<ApiKeyRepository, 'list'>;
  oauthClients: Pick<OAuthClients, 'list'>;
}

interface Deps {
  reads: Pick<ConnectionReads, 'show'>;
  handOvers: Pick<HandOvers, 'list' | 'peek' | 'inSession'>;
  acceptance: ReadAcceptance;
  access: OpenBuyClients;
  atomically: Atomically;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Where call-ups and orders go, below the public address. */
  paths: Record<Protocol, { callUp: string; order?: string }>;
  /** Where Coupa searches, below the public address. */
  openBuyPath: string;
  /** Documents as they will be: the call-up with a placeholder for the secret, and a cart. */
  samplesOf: (
    connection: Connection,
    name: { domain: string; identity: string } | undefined,
  ) => {
    callUp: string;
    cart: string;
  };
}

export const HAND_OVER_DAYS = 7;
export const HAND_OVER_HOURS = 8;

export interface HandedOver extends Acceptance {
  sheet: HandOverSheet;
}

export function handOverUseCases(deps: Deps): HandOverUseCases {
  const { reads, handOvers, acceptance, access, atomically, publicUrl, paths, openBuyPath, samplesOf } = deps;

  async function sheetOf(connection: ShownConnection, clients: OpenBuyClients = access): Promise<HandOverSheet> {
    const { name, protocol, settings, credentials } = connection;
    const { callUp, order } = paths[protocol];
    const samples = samplesOf(connection, credentials[0]);
    const sheet: HandOverSheet = {
      name,
      protocol,
      addresses: [
        { use: 'call_up', url: `${publicUrl}${callUp}` },
        ...(order === undefined ? [] : [{ use: 'order' as const, url: `${publicUrl}${order}` }]),
        ...((await hasOpenBuy(connection, clients))
          ? [{ use: 'open_buy' as const, url: `${publicUrl}${openBuyPath}` }]
          : []),
      ],
      access: accessOf(connection),
      returnOrigins: settings.returnOrigins,
      samples: [
        { kind: 'call_up', content: samples.callUp },
        ...(samples.cart === '' ? [] : [{ kind: 'cart' as const, content: samples.cart }]),
      ],
    };
    if (settings.profile !== undefined) sheet.profile = settings.profile;
    return sheet;
  }

  return {
    async sheet(tenantId, connectionId) {
      const shown = await reads.show(tenantId, connectionId);
      return shown.ok ? accept({ ...(await sheetOf(shown.value)), connection: shown.value }) : shown;
    },
    links: handOvers.list,
    makeLink: (of, withSecret) =>
      atomically(async (directory) => {
        const locked = await lockedConnection(directory, of);
        if (!locked.ok) return locked;
        const token = newSecret();
        const details: Record<string, string> = { days: String(HAND_OVER_DAYS) };
        let secret: string | undefined;
        if (withSecret) {
          const added = await addSecret(directory, of, locked.value, {});
          if (!added.ok) return added;
          secret = added.value.made;
          details['secret'] = added.value.secretId;
        }
        const { tenantId, connectionId, by: madeBy } = of;
        const digest = digestOf(token);
        const expiresAt = await directory.handOvers.add({
          digest,
          tenantId,
          connectionId,
          secret,
          madeBy,
          lifeDays: HAND_OVER_DAYS,
        });
        const done = await settled(directory, of, 'hand-over-made', { details });
        if (!done.ok) return done;
        return accept({ token, expiresAt, version: done.value.connection.version });
      }),
    peek: (token) => handOvers.peek(digestOf(token)),
    async open(token, address) {
      const digest = digestOf(token);
      const seen = await handOvers.peek(digest);
      if (seen.kind !== 'ready') return seen;
      // One transaction: where the sheet cannot be shown, the link stays as it was.
      const result = await atomically<OpenedSheet>(async (directory) => {
        const session = newSecret();
        const opened = await directory.handOvers.open(digest, {
          digest: digestOf(session),
          lifeHours: HAND_OVER_HOURS,
        });
        if (opened.kind !== 'ready') return accept(opened);
        const { secret, tenantId, connectionId } = opened;
        const entry = await directory.connections.entry(tenantId, connectionId);
        if (entry === undefined) return accept({ kind: 'unknown' });
        const sheet = await sheetOf(await shownConnection(directory, entry), directory);
        const details = { connection: connectionId, address };
        await directory.audit.note({ tenantId, event: 'hand-over-opened', actor: 'link', details });
        return accept({ kind: 'ready', sheet, session, ...(secret === undefined ? {} : { secret }) });
      });
      return result.ok ? result.value : { kind: 'unknown' };
    },
    async handedOver(session) {
      const of = await handOvers.inSession(digestOf(session));
      if (of === undefined) return undefined;
      const read = await acceptance(of.tenantId, of.connectionId);
      if (!read.ok) return undefined;
      const { connection, ...accepted } = read.value;
      return { ...accepted, sheet: await sheetOf(connection) };
    },
  };
}

/** Whether a key or a client that works searches for the connection. */
async function hasOpenBuy(
  { tenantId, connectionId }: ShownConnection,
  { apiKeys, oauthClients }: OpenBuyClients,
): Promise<boolean> {
  const isOf = (each: { scopes: readonly string[]; connectionId?: string | undefined }): boolean =>
    each.connectionId === connectionId && each.scopes.includes('open-buy');
  return (
    (await apiKeys.list(tenantId)).some((key) => key.revokedAt === undefined && isOf(key)) ||
    (await oauthClients.list(tenantId)).some((client) => !client.revoked && isOf(client))
  );
}

/** Names and values in the words of the protocol. The secret comes last. */
function accessOf({ protocol, settings, credentials }: ShownConnection): HandOverSheet['access'] {
  if (protocol === 'repost') {
    const { templateUsers = [], endCustomers = [] } = settings.repost ?? {};
    return [
      { field: 'username', value: templateUsers.join(', ') },
      ...(endCustomers.length === 0 ? [] : [{ field: 'end_customer_id', value: endCustomers.join(', ') }]),
      { field: 'api_key' },
    ];
  }
  if (protocol === 'oci') {
    const { username, password, hookUrl } = settings.oci.parameters;
    return [
      ...credentials.map(({ identity }) => ({ field: username, value: identity })),
      { field: password },
      { field: hookUrl, value: settings.returnOrigins.join(', ') },
    ];
  }
  const to = settings.cxml.to[0] ?? settings.cxml.supplier;
  return [
    ...credentials.map(({ domain, identity }) => ({ field: 'From, Sender', value: `${domain}: ${identity}` })),
    { field: 'To', value: `${to.domain}: ${to.identity}` },
    { field: 'SharedSecret' },
  ];
}
