/** From little to much. What each may do is in `MAY`. */
export const OPERATOR_ROLES = ['viewer', 'engineer', 'owner'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

const EVERYBODY = OPERATOR_ROLES;
const ENGINEERS: readonly OperatorRole[] = ['engineer', 'owner'];
const OWNERS: readonly OperatorRole[] = ['owner'];

/**
 * Who may do what in the console. Its routes and the tests of roles are made from this table: a route without a row
 * does not compile. Documents hold addresses and phone numbers of buyers, which a viewer does not see.
 */
const MAY = {
  /** Own sign-ins and the own password. */
  manage_own_account: EVERYBODY,
  read_today: EVERYBODY,
  read_sessions: EVERYBODY,
  read_connections: EVERYBODY,
  /** Order lines and amounts; no addresses. */
  read_orders: EVERYBODY,
  read_deliveries: EVERYBODY,
  read_analytics: EVERYBODY,
  read_documents: ENGINEERS,
  /** Names, secrets, return addresses and state of connections; new connections and their removal. */
  change_connections: ENGINEERS,
  /** Begin a run that makes the index of a connection. Reading reports and files is `read_connections`. */
  make_indexes: ENGINEERS,
  read_audit: ENGINEERS,
  /** API keys, OAuth clients, ConnectShops, sites. */
  read_keys: OWNERS,
  change_keys: OWNERS,
  /** Name and settings of the tenant. */
  read_tenant: OWNERS,
  change_tenant: OWNERS,
  /** Punchouts that try a connection. */
  test_connections: ENGINEERS,
  /** Place an order in the shop, send again, pause, resume, replay, retry. */
  change_deliveries: ENGINEERS,
  read_operators: OWNERS,
  change_operators: OWNERS,
} as const satisfies Record<string, readonly OperatorRole[]>;

export type OperatorOperation = keyof typeof MAY;
export const OPERATOR_OPERATIONS = Object.keys(MAY) as OperatorOperation[];

export function roleMay(role: OperatorRole, operation: OperatorOperation): boolean {
  return (MAY[operation] as readonly OperatorRole[]).includes(role);
}

export function isOperatorRole(text: unknown): text is OperatorRole {
  return OPERATOR_ROLES.some((role) => role === text);
}
