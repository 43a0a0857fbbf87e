import { Command } from 'commander';
import { openRedisSessions } from '../adapters/sessions/redis-session-store.js';
import { connectionSettings } from '../config/connection-settings.js';
import { type ServerSettings, serverSettings } from '../config/environment.js';
import type { Connection } from '../domain/access/connection.js';
import type { Store } from '../ports/store/store.js';
import { sampleTransmission } from './sample-transmission.js';
import { withDirectory } from './open-directory.js';

/** One thing looked at; `cure` says what to do when it is not well. */
interface Finding {
  subject: string;
  fault?: string;
  cure?: string;
}

/** The store of the environment; undefined where it has none to look at. */
export type StoreMaker = (settings: ServerSettings, findConnection: (tenantId: string, connectionId: string) => Promise<Connection | undefined>) => Store | undefined;

/** Looks at everything a set-up needs and says what is wrong and how to mend it; exit code 1 when anything is. */
export function doctorCommand(env: Record<string, string | undefined>, print: (line: string) => void, storeFor: StoreMaker): Command {
  return new Command('doctor').description('look at environment, database, Redis, connections and the shop behind them; say what is wrong and how to mend it').action(async () => {
    const findings: Finding[] = [];
    for await (const finding of examine(env, storeFor)) {
      findings.push(finding);
      print(`${finding.fault === undefined ? 'ok   ' : 'WRONG'} ${finding.subject}${finding.fault === undefined ? '' : `: ${finding.fault}`}`);
      if (finding.cure !== undefined && finding.fault !== undefined) print(`      -> ${finding.cure}`);
    }
    if (findings.some(({ fault }) => fault !== undefined)) process.exitCode = 1;
  });
}

async function* examine(env: Record<string, string | undefined>, storeFor: StoreMaker): AsyncGenerator<Finding> {
  let settings: ServerSettings;
  try {
    settings = serverSettings(env);
    yield { subject: 'environment' };
  } catch (error) {
    yield { subject: 'environment', fault: messageOf(error), cure: 'set the variables named above' };
    return;
  }
  const where = 'url' in settings.database ? 'PostgreSQL server' : `embedded database in ${settings.database.directory}`;
  const database = await trial(where, 'url' in settings.database ? 'check DATABASE_URL and that the server is up and accepts this user' : 'stop the process that holds it, or set DATA_DIR', () => withDirectory(settings, () => Promise.resolve()));
  yield database;
  if (settings.redisUrl !== undefined) yield await trial('Redis', 'check REDIS_URL and that the server is up', () => pingRedis(settings.redisUrl ?? ''));
  if (database.fault === undefined) yield* await withDirectory(settings, async ({ tenants, connections }) => {
    const looked: Finding[] = [];
    const all: Connection[] = [];
    for (const { tenantId } of await tenants.list()) {
      for (const connection of await connections.list(tenantId)) {
        const { connectionId, settings: document } = connection;
        const checked = connectionSettings(document);
        all.push(connection);
        const fault = checked.ok ? plainOriginFault(connection.demo, checked.value.returnOrigins) : (checked.refusal.reason ?? 'settings are not valid');
        looked.push({ subject: `connection ${tenantId}/${connectionId}`, ...(fault === undefined ? {} : { fault, cure: `punchout connection add ${tenantId} ${connectionId} --settings …` }) });
      }
    }
    const shop = settings.store.kind === 'demo' ? [] : await examineStore(storeFor(settings, (tenantId, connectionId) => connections.find(tenantId, connectionId)), all);
    return looked.length === 0 ? [...shop, { subject: 'connections', fault: 'there are none yet', cure: 'punchout tenant add, then punchout connection add (the demo makes its own when the server starts)' }] : [...looked, ...shop];
  });
}

/** Loopback http may be set for the demo; a connection that is none refuses each of its carts. */
function plainOriginFault(demo: boolean, returnOrigins: readonly string[]): string | undefined {
  const plain = demo ? undefined : returnOrigins.find((origin) => origin.startsWith('http:'));
  return plain === undefined ? undefined : `returnOrigins: no cart goes to ${plain}, since it is not https`;
}

/** Each connection has a cart opened, read and deleted, as its buyers would. */
async function examineStore(store: Store | undefined, connections: readonly Connection[]): Promise<Finding[]> {
  if (store === undefined) return [];
  const findings = [await trial(`store ${store.name}`, 'check address and keys of the shop (STORE=… in the README), and that it is up', () => store.productPath({ supplierPartId: 'punchout-doctor' }))];
  for (const connection of findings[0]?.fault === undefined ? connections : []) {
    const { tenantId, connectionId } = connection;
    findings.push(await trial(`store for ${tenantId}/${connectionId}`, 'check the customer of this connection (setting store.customer) and the rights of the integration', async () => {
      const cart = await store.openCart(sampleTransmission(connection));
      try {
        await store.readCart(cart);
      } finally {
        await store.deleteCart(cart);
      }
    }));
  }
  await store.close?.();
  return findings;
}

async function trial(subject: string, cure: string, act: () => Promise<unknown>): Promise<Finding> {
  try {
    await act();
    return { subject };
  } catch (error) {
    return { subject, fault: messageOf(error), cure };
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
