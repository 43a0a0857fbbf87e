import { Command } from 'commander';
import { openRedisSessions } from '../adapters/sessions/redis-session-store.js';
import { connectionSettings } from '../config/connection-settings.js';
import { demoOnlyFaults } from '../config/demo-settings.js';
import { isLoopback } from '../domain/access/return-url.js';
import { PROTOCOL_RULES } from '../domain/transmission/protocol-rules.js';
import { type ServerSettings, inProduction, serverSettings } from '../config/environment.js';
import type { Connection } from '../domain/access/connection.js';
import { PunchoutError, type SettingFault } from '../domain/error-codes.js';
import { newTransmissionId, type Transmission } from '../domain/transmission/transmission.js';
import type { Store } from '../ports/store/store.js';
import { sampleTransmission } from '../adapters/cart-encoder/sample-cart.js';
import { outsideProbe } from '../adapters/outbound-http/outside-probe.js';
import { withDirectory } from './open-directory.js';
import type { Finding } from './outside/finding.js';
import { callerInLog, outsideFindings } from './outside/outside-findings.js';

/** A Redis in protected mode and without a password refuses every caller from another machine, or container. */
const REDIS_CURE =
  'check REDIS_URL, that the server is up, and that it takes callers from this machine: a password or ' +
  'protected-mode no';

/** The store of the environment; undefined if there is none to check. */
export type StoreMaker = (
  settings: ServerSettings,
  findConnection: (tenantId: string, connectionId: string) => Promise<Connection | undefined>,
) => Promise<Store | undefined>;

/** Checks everything that a set-up needs, and reports what is wrong and how to fix it; exit code 1 if a check fails. */
export function doctorCommand(
  env: Record<string, string | undefined>,
  print: (line: string) => void,
  storeFor: StoreMaker,
): Command {
  return new Command('doctor')
    .description('check environment, database, Redis, connections and the shop; report faults and how to fix them')
    .option(
      '--public',
      'instead: look at PUBLIC_URL from outside, as buyers do: DNS, TLS and its certificates, redirects that lose a ' +
        'POST, clocks, and whether the server sees who calls. Needs PUBLIC_URL; with DATABASE_URL it sees more',
    )
    .action(async (options: { public?: true }) => {
      const findings: Finding[] = [];
      for await (const finding of options.public === true ? examineFromOutside(env) : examine(env, storeFor)) {
        findings.push(finding);
        print(
          `${finding.fault === undefined ? 'ok   ' : 'WRONG'} ${finding.subject}` +
            (finding.fault === undefined ? '' : `: ${finding.fault}`),
        );
        if (finding.cure !== undefined && finding.fault !== undefined) print(`      -> ${finding.cure}`);
      }
      if (findings.some(({ fault }) => fault !== undefined)) process.exitCode = 1;
    });
}

async function* examine(env: Record<string, string | undefined>, storeFor: StoreMaker): AsyncGenerator<Finding> {
  const settings = settingsOf(env);
  if ('fault' in settings) return yield settings;
  yield { subject: 'environment' };
  const refused = refusedInProduction(env, settings.publicUrl);
  if (refused !== undefined) yield { subject: `environment, but not for production. ${refused}` };
  const where =
    'url' in settings.database ? 'PostgreSQL server' : `embedded database in ${settings.database.directory}`;
  const database = await trial(
    where,
    'url' in settings.database
      ? 'check DATABASE_URL and that the server is up and accepts this user'
      : 'stop the process that holds it, or set DATA_DIR',
    () => withDirectory(settings, () => Promise.resolve()),
  );
  yield database;
  if (settings.redisUrl !== undefined) yield await trial('Redis', REDIS_CURE, () => pingRedis(settings.redisUrl ?? ''));
  if (database.fault === undefined)
    yield* await withDirectory(settings, async ({ tenants, connections }) => {
      const looked: Finding[] = [];
      const all: Connection[] = [];
      for (const { tenantId } of await tenants.list()) {
        for (const connection of await connections.list(tenantId)) {
          const { connectionId, settings: document } = connection;
          const checked = connectionSettings(document);
          all.push(connection);
          const unfit = checked.ok && !connection.demo ? demoOnlyFaults(checked.value, connection.protocol) : [];
          // Outside of production too, nothing is sent to http.
          const wrong = unfit.filter(({ path }) => inProduction(env) || path.startsWith('returnOrigins'));
          const fault = checked.ok
            ? wrong.map(faultText).join('; ') || undefined
            : (checked.refusal.reason ?? 'settings are not valid');
          looked.push({
            subject: `connection ${tenantId}/${connectionId}`,
            fault,
            cure: `punchout connection add ${tenantId} ${connectionId} --settings …`,
          });
          for (const note of fault === undefined ? unfit : [])
            looked.push({
              subject: `connection ${tenantId}/${connectionId}, but not for production: ${faultText(note)}`,
            });
        }
      }
      const shop =
        settings.store.kind === 'demo'
          ? []
          : await examineStore(
              await storeFor(settings, (tenantId, connectionId) => connections.find(tenantId, connectionId)),
              all,
            );
      return looked.length === 0
        ? [
            ...shop,
            {
              subject: 'connections',
              fault: 'there are none yet',
              cure: 'punchout tenant add, then punchout connection add (the demo makes its own when the server starts)',
            },
          ]
        : [...looked, ...shop];
    });
}

function settingsOf(env: Record<string, string | undefined>): ServerSettings | Required<Finding> {
  try {
    return serverSettings(env);
  } catch (error) {
    return { subject: 'environment', fault: messageOf(error), cure: 'set the variables named above' };
  }
}

/** Reads nothing but PUBLIC_URL, and the message log of a PostgreSQL server. */
async function* examineFromOutside(env: Record<string, string | undefined>): AsyncGenerator<Finding> {
  const settings = settingsOf(env);
  if ('fault' in settings) return yield settings;
  if (env['PUBLIC_URL'] === undefined) {
    yield { subject: 'PUBLIC_URL', fault: 'it is not set', cure: 'set it to the address that buyers use' };
    return;
  }
  const { publicUrl, trustedProxies } = settings;
  const probe = outsideProbe();
  try {
    yield* outsideFindings({ publicUrl, probe, trusted: trustedProxies, callerOf: callerInLog(settings) });
  } finally {
    await probe.close();
  }
}

function faultText({ path, message }: SettingFault): string {
  return `${path}: ${message}`;
}

/** What NODE_ENV=production would refuse; undefined if nothing, or if others cannot reach this server. */
function refusedInProduction(env: Record<string, string | undefined>, publicUrl: string): string | undefined {
  if (inProduction(env) || isLoopback(new URL(publicUrl).hostname)) return undefined;
  try {
    serverSettings({ ...env, NODE_ENV: 'production' });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Opens, reads and deletes a cart for each connection, as its buyers would. If that could empty the cart of a real
 * buyer, the store only checks the login (`examine`).
 */
async function examineStore(store: Store | undefined, connections: readonly Connection[]): Promise<Finding[]> {
  if (store === undefined) return [];
  const findings = [
    await trial(
      `store ${store.name}`,
      'check address and keys of the shop (STORE=… in the README), and that it is up',
      () => store.productPath({ supplierPartId: 'punchout-doctor' }),
    ),
  ];
  for (const connection of findings[0]?.fault === undefined ? connections : [])
    findings.push(...(await examineConnection(store, connection)));
  await store.close?.();
  return findings;
}

async function examineConnection(store: Store, connection: Connection): Promise<Finding[]> {
  const { tenantId, connectionId, protocol, settings } = connection;
  const subject = `store for ${tenantId}/${connectionId}`;
  // The id must not equal that of a buyer's session.
  const transmission = { ...sampleTransmission(connection), transmissionId: newTransmissionId(tenantId) };
  const notes: Finding[] = [];
  const visit = async (visitor: Transmission): Promise<void> => {
    if ((await store.examine?.(visitor)) === true) return;
    const cart = await store.openCart(visitor);
    try {
      const { currency, language } = await store.readCart(cart);
      if (settings.currency !== undefined && currency !== settings.currency)
        throw new PunchoutError(
          'STORE_UNAVAILABLE',
          `carts are in ${currency}, the connection wants ${settings.currency}`,
          { cure: CURRENCY_CURE },
        );
      if (tongueOf(language) !== tongueOf(settings.language))
        notes.push({ subject: `${subject}: texts are in ${language}, the shop has none in ${settings.language}` });
    } finally {
      await store.deleteCart(cart);
    }
  };
  if (!PROTOCOL_RULES[protocol].isMiddleware)
    return [
      await trial(
        subject,
        'check the customer of this connection (setting store.customer) and the rights of the integration',
        () => visit(transmission),
      ),
      ...notes,
    ];
  const users = settings.repost?.templateUsers ?? [];
  if (users.length === 0)
    return [
      {
        subject,
        fault: 'it lists no user that may be cloned',
        cure: 'punchout connection add … --template-user (setting repost.templateUsers)',
      },
    ];
  const findings: Finding[] = [];
  for (const username of users.slice(0, MOST_USERS))
    findings.push(
      await trial(
        `${subject}, ${username}`,
        'check this user of the shop (setting repost.templateUsers) and the rights of the integration',
        () => visitAsClone(store, { transmission, username, connection }, visit),
      ),
    );
  return [...findings, ...notes];
}

/** Maximum number of template users that are checked. */
const MOST_USERS = 5;

const CURRENCY_CURE = 'assign the currency to the sales channel or channel of the shop, or change the setting currency';

interface CloneVisit {
  transmission: Transmission;
  username: string;
  connection: Connection;
}

/** Creates an account from the template user and removes it again, as for a middleware (docs/middleware.md). */
async function visitAsClone(
  { customers, name }: Store,
  { transmission, username, connection }: CloneVisit,
  visit: (visitor: Transmission) => Promise<void>,
): Promise<void> {
  if (customers === undefined)
    throw new PunchoutError('STORE_UNAVAILABLE', `the store ${name} makes no accounts`, {
      cure: 'configure the access data of the Admin API',
    });
  const made = await customers.clone(username, transmission, connection.settings.repost?.roleCeiling ?? 'buyer');
  if (!made.ok) throw new PunchoutError('STORE_UNAVAILABLE', CLONE_FAULTS[made.fault]);
  try {
    await visit({ ...transmission, clone: made.clone });
  } finally {
    await customers.remove({ ...transmission, clone: made.clone });
  }
}

const CLONE_FAULTS = {
  unknown_customer: 'the shop has no such user',
  role_too_high: 'this user is more than repost.roleCeiling allows',
};

function tongueOf(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? '';
}

/** `cure`: what to check if the error itself does not say it. */
async function trial(subject: string, cure: string, act: () => Promise<unknown>): Promise<Finding> {
  try {
    await act();
    return { subject };
  } catch (error) {
    return {
      subject,
      fault: messageOf(error),
      cure: (error instanceof PunchoutError ? error.cure : undefined) ?? cure,
    };
  }
}

async function pingRedis(url: string): Promise<void> {
  const sessions = openRedisSessions({ url });
  try {
    await sessions.health.check();
  } finally {
    await sessions.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'failed';
}
