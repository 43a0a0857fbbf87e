import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../proof/stage/until.js';
import { SHOP } from './attacked-shop.js';
import { type Attack, wrong } from './attack.js';

const DRIP_MS = 300;
/** The worker looks for feeds every second. A smaller share waits less. */
const PATIENCE_MS = 15_000;
const SHORT_PATIENCE_MS = 5_000;
const FEED = 'id,title,price,gtin\nA-1,Drill,1.00,\nA-2,Saw,2.00,\n';

/** Feeds of one tenant send 6 bytes every 300 ms; feeds of another tenant are imported meanwhile. */
export const slowFeeds: Attack = async ({ database, share }) => {
  const patienceMs = share < 0.1 ? SHORT_PATIENCE_MS : PATIENCE_MS;
  const asked = { slow: 0 };
  const server = await startFeeds(asked);
  const { port } = server.address() as AddressInfo;
  const register = (tenantId: string, shopIds: readonly number[], path: string): Promise<unknown> =>
    Promise.all(
      shopIds.map((shopId) =>
        database.rows('insert into connect_feed (tenant_id, shop_id, url, due_at) values ($1, $2, $3, now())', [
          tenantId,
          shopId,
          `http://127.0.0.1:${port}/${path}/${shopId}`,
        ]),
      ),
    );
  try {
    await register(SHOP.tenantId, SHOP.suppliers, 'slow');
    const isSlowed = await until(async () => asked.slow > 0, PATIENCE_MS);
    await register(SHOP.otherTenantId, SHOP.otherSuppliers, 'feed');
    const reports = async (): Promise<number> =>
      (
        await database.rows<{ n: number }>(
          'select count(*)::int as n from connect_import_report where tenant_id = $1',
          [SHOP.otherTenantId],
        )
      )[0]?.n ?? 0;
    await until(async () => (await reports()) >= SHOP.otherSuppliers.length, patienceMs);
    const imported = await reports();
    const findings = [
      ...(isSlowed ? [] : [wrong('feeds', 'no slow feed was fetched: the attack says nothing')]),
      ...(imported < SHOP.otherSuppliers.length
        ? [
            wrong(
              'feeds',
              `${imported} of ${SHOP.otherSuppliers.length} feeds of another tenant were imported beside slow ones`,
            ),
          ]
        : []),
      ...(asked.slow >= SHOP.suppliers.length
        ? [wrong('feeds', `all ${asked.slow} slow feeds of one tenant were fetched at once`)]
        : []),
    ];
    return {
      tried: SHOP.suppliers.length + SHOP.otherSuppliers.length,
      findings,
      facts: { slow_at_once: asked.slow, imported },
    };
  } finally {
    await database.rows('delete from connect_import_report where tenant_id = $1', [SHOP.otherTenantId]);
    await database.rows('delete from connect_feed where tenant_id in ($1, $2)', [SHOP.tenantId, SHOP.otherTenantId]);
    server.closeAllConnections();
    server.close();
  }
};

/** `/slow/…` never ends; `asked.slow` counts the open ones. */
async function startFeeds(asked: { slow: number }): Promise<Server> {
  const server = createServer((req, res) => {
    res.writeHead(200, { 'content-type': 'text/csv' });
    if (req.url?.startsWith('/slow/') !== true) {
      res.end(FEED);
      return;
    }
    asked.slow += 1;
    const drip = setInterval(() => res.write('A-1,B\n'), DRIP_MS);
    res.once('close', () => {
      clearInterval(drip);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
