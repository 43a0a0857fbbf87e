/** A variable of the environment: its name, what holds where it is not set, and what it means. */
export type Variable = readonly [name: string, preset: string, meaning: string];

/** All that the server reads, whatever the shop. A test compares it with docs/reference/server.md and with the code. */
export const SERVER_VARIABLES: readonly Variable[] = [
  ['DATABASE_URL', 'the embedded database', 'PostgreSQL 14 or newer'],
  ['DATABASE_CONNECTIONS', '8', 'most connections of the process to the database server, 2 to 1000'],
  ['DATA_DIR', '.data', 'directory of the embedded database'],
  ['REDIS_URL', 'sessions in the database', "one URL, or a comma list of a Cluster's nodes"],
  [
    'SESSION_SECRET',
    'made and kept in the database, beside the data that it encrypts; needed in production',
    '32 characters or more (openssl rand -base64 48), the same in every process; several separated by commas, ' +
      'newest first. Data that was encrypted before the first one was set can still be read',
  ],
  ['PUBLIC_URL', 'http://127.0.0.1:{PORT}', 'where browsers reach the server'],
  ['HOST', '127.0.0.1', 'address to listen on'],
  ['PORT', '3000', 'port to listen on'],
  ['METRICS_PORT', 'off', 'port for /metrics'],
  [
    'METRICS_HOST',
    '127.0.0.1',
    'address on which /metrics listens; where Prometheus runs on another machine, one that only your own ' +
      'network reaches',
  ],
  [
    'TRUSTED_PROXIES',
    'none; needed in production',
    'addresses or CIDR ranges of the proxies in front, separated by commas',
  ],
  [
    'MAX_SOCKETS',
    '2000',
    'sockets that the process keeps open at once; above 90 %, each new socket closes an idle one',
  ],
  [
    'MAX_SOCKETS_PER_ADDRESS',
    'a quarter of MAX_SOCKETS',
    'of those, sockets of one client address; TRUSTED_PROXIES have no such bound. 0 for no bound',
  ],
  ['REQUESTS_PER_ADDRESS', '60000', 'requests a minute that one client address may make; 0 for no limit'],
  ['REQUESTS_PER_STRANGER', '1200', 'the same for an address without a valid proof of identity within the last hour'],
  [
    'OUTBOUND_NETWORKS',
    'none',
    'your own networks that hooks and feeds may lead to, such as 10.0.0.0/8, separated by commas',
  ],
  ['HOOK_TIMEOUT_MS', '10000', 'longest wait for the answer of a subscriber of order events'],
  ['OUTBOUND_HTTP', 'off', 'let hooks and feeds go over plain http'],
  ['WORKER', 'on', 'off: this process does no jobs, and others run punchout worker; needs DATABASE_URL'],
  ['WORKER_JOBS', '20', 'most jobs that the process does at once; of one tenant and kind, half of them'],
  ['WORKER_HOOKS', '128', 'the same for subscribers of order events; of one tenant, half of them'],
  [
    'WORKER_FEEDS',
    '8',
    'the same for product feeds, each with up to 512 MiB of temporary files; of one tenant, a quarter of them',
  ],
  [
    'DRAIN_MS',
    '1500',
    'how long a process still takes requests after SIGTERM, while /readyz says 503, so that load balancers notice',
  ],
  ['LAST_ANSWERS_MS', '10000', 'how long the requests that it has taken by then may go on'],
  [
    'OIDC_ISSUER',
    'sign-in by password only',
    'issuer address of the OpenID provider at which operators sign in too; https, or http on loopback',
  ],
  ['OIDC_CLIENT_ID', '', 'the client that is registered there; needed with OIDC_ISSUER'],
  ['OIDC_CLIENT_SECRET', '', 'its secret; needed with OIDC_ISSUER'],
  ['OIDC_NAME', 'the host of the issuer', 'on the button: "Sign in with …"'],
  [
    'OIDC_TENANT_CLAIM',
    'none',
    'claim with the id of a tenant; with it and OIDC_ROLE_CLAIM, people sign in who were not added before',
  ],
  ['OIDC_ROLE_CLAIM', 'none', 'claim with a role, or with a list that has one'],
  ['LOG_LEVEL', 'info', 'debug, info, warn, error, silent'],
  [
    'RESTORE_REPORT',
    'page; shop for the demo shop',
    "who tells the buyer which lines of an edited cart could not be restored: page, our page before the shop's " +
      'cart; shop, the frontend, from restored in session/get',
  ],
  [
    'TEXTS_FILE',
    'ours, in English, German and French',
    'JSON file with own texts for the pages that buyers see, by language (docs/library.md)',
  ],
  [
    'STORE',
    'demo; needed in production',
    'the shop behind the server: demo, shopware with the variables of docs/shopware.md, or vendure with those ' +
      'of docs/vendure.md',
  ],
  [
    'STORE_PROXY_WITHOUT_SESSION',
    'pass',
    "requests to the store's own API (/store-api, /shop-api) without a punchout: pass sends them to the shop, " +
      'refuse refuses them',
  ],
  [
    'DEMO',
    'on, but off in production and where HOST or PUBLIC_URL is not loopback',
    'demo credentials and virtual buyer; on elsewhere is refused, because those credentials are public',
  ],
  [
    'NODE_ENV',
    '',
    'production refuses the demo, a missing secret, DATABASE_URL, STORE or TRUSTED_PROXIES, a public URL that ' +
      'is not https, and settings of a connection that only fit a demo',
  ],
  ['EMBEDDED_DATABASE', '', 'allow permits the embedded database in production'],
];
