/**
 * Delivers all events to the subscribers of the driver: our worker, or the floor, which is minimal code with the same
 * guarantees.
 */
import { createHmac } from 'node:crypto';
import { Pool as Database } from 'pg';
import { Pool } from 'undici';
import { UndiciHttp } from '../src/adapters/outbound-http/undici-http.js';
import { LOOPBACK_NETWORKS } from '../src/adapters/outbound-http/outbound-rules.js';
import { connectShops } from '../src/adapters/postgres/orders/connect-shops.js';
import { hookRepository } from '../src/adapters/postgres/orders/hook-repository.js';
import { openDatabase } from '../src/adapters/postgres/database/open-database.js';
import { secretBox } from '../src/adapters/secrets/secret-box.js';
import { hookClient } from '../src/jobs/hook-client.js';
import { startHookDeliveries } from '../src/jobs/hook-deliveries.js';

export const BENCH_SECRET = 'a-secret-of-thirty-two-characters';
const BATCH = 50;

/**
 * Shopware Connect's exchange: asks for the subscriber's revision, posts the next event, asks again; one row per batch
 * stores the progress.
 */
async function floor(databaseUrl: string, sink: string): Promise<void> {
  const database = new Database({ connectionString: databaseUrl, max: 8 });
  const { origin } = new URL(sink);
  const http = new Pool(origin, { connections: 128 });
  const sign = (body: string) => createHmac('sha512', 'key').update(body).digest('hex');
  const ask = async (path: string): Promise<number> => {
    const { body } = await http.request({
      method: 'GET',
      path,
      headers: { 'x-shopware-connect-shop': '1', 'x-shopware-connect-key': sign('') },
    });
    return Number(/>(\d+)</.exec(await body.text())?.[1]);
  };
  const { rows: hooks } = await database.query<{ url: string }>('select url from connect_hook');
  await Promise.all(
    hooks.map(async ({ url }) => {
      const path = new URL(url).pathname;
      let last = await ask(path);
      for (;;) {
        const { rows } = await database.query<{ revision: string; document: string }>({
          name: 'batch',
          text: 'select revision, document from connect_event where revision > $1 order by revision limit $2',
          values: [last, BATCH],
        });
        if (rows.length === 0) break;
        for (const { revision, document } of rows) {
          const { statusCode, body } = await http.request({
            method: 'POST',
            path,
            body: document,
            headers: {
              'content-type': 'text/xml; charset=UTF-8',
              'x-shopware-connect-shop': '1',
              'x-shopware-connect-event': 'order_created',
              'x-shopware-connect-key': sign(document),
            },
          });
          await body.dump();
          last = await ask(path);
          if (statusCode !== 200 || last !== Number(revision)) throw new Error('the subscriber has not got it');
        }
        await database.query({
          name: 'acked',
          text: 'update connect_hook set acked_revision = $2, sent_revision = $2 where url = $1',
          values: [url, last],
        });
      }
    }),
  );
  await Promise.all([database.end(), http.close()]);
}

async function ours(databaseUrl: string): Promise<void> {
  const database = await openDatabase({ kind: 'server', url: databaseUrl });
  const http = new UndiciHttp({ connectionsPerOrigin: 128, guard: { http: true, networks: LOOPBACK_NETWORKS } });
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  startHookDeliveries({
    hooks: hookRepository(database),
    shops: connectShops(database, secretBox([BENCH_SECRET])),
    client: hookClient(http.send),
    leaseSeconds: 25,
    delivered: () => undefined,
    log,
  });
}

const { MODE, DATABASE_URL = '', SINK = '' } = process.env;
if (MODE === 'ours') await ours(DATABASE_URL);
if (MODE === 'floor') await floor(DATABASE_URL, SINK);
process.once('SIGINT', () => process.exit(0));
