import { isLoopback } from '../domain/access/return-url.js';
import { WHY_SECRETS, inProduction } from './environment.js';
import type { ConnectorOptions } from './options.js';

/** Throws one Error that names every fault, with its path and what would be right. */
export function validateOptions<Services>(options: ConnectorOptions<Services>, production = inProduction()): void {
  const faults: string[] = [];
  const url = URL.canParse(options.publicUrl) ? new URL(options.publicUrl) : undefined;
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== ''
  ) {
    faults.push(
      'publicUrl: must be an absolute http(s) URL without query, fragment or credentials, e.g. https://shop.example.com',
    );
  } else if (options.publicUrl.endsWith('/')) faults.push('publicUrl: must not end with a slash');
  if (options.demo === true && url !== undefined && !isLoopback(url.hostname))
    faults.push(
      'demo: has well-known credentials and runs on loopback only, and publicUrl says that others reach it; leave demo out, or set publicUrl to http://127.0.0.1:3000',
    );
  if (
    options.secrets !== undefined &&
    (options.secrets.length === 0 || options.secrets.some((secret) => secret.length < 32))
  )
    faults.push('secrets: at least one, each of 32 characters or more');
  if (options.secrets === undefined && production)
    faults.push(
      `secrets: needed in production (NODE_ENV), for example secrets: [process.env.SESSION_SECRET]; ${WHY_SECRETS}. What was sealed before can still be opened`,
    );
  if (
    'url' in options.database ? !/^postgres(ql)?:\/\//.test(options.database.url) : options.database.directory === ''
  ) {
    faults.push('database: { url: "postgres://…" } or { directory: "…" }');
  }
  if (
    options.redisUrl !== undefined &&
    !options.redisUrl.split(',').every((part) => /^rediss?:\/\/\S+$/.test(part.trim()))
  )
    faults.push('redisUrl: redis:// or rediss:// URL, or a comma list of them');
  if (options.outbound?.networks?.some((network) => !/^[\da-f.:]+\/\d{1,3}$/i.test(network)) === true)
    faults.push('outbound.networks: networks such as 10.0.0.0/8');
  for (const name of ['requestsPerAddress', 'requestsPerStranger'] as const) {
    const perMinute = options[name];
    if (perMinute !== undefined && !(Number.isInteger(perMinute) && perMinute >= 0))
      faults.push(`${name}: a whole number, 0 for no limit`);
  }
  if (faults.length > 0)
    throw new Error(`The connector cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
}
