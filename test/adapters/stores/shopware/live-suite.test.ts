import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ACCESS_KEY, ADMIN, ShopwareDouble } from './double/shopware-double.js';
import { CUSTOMERS, EURO_ID, PRODUCTS } from './double/shop-data.js';

const double = new ShopwareDouble();
let baseUrl: string;
beforeAll(async () => {
  baseUrl = await double.start();
});
afterAll(() => double.stop());

it('npm run live:shopware passes against the double and leaves nothing behind, not even its currency', async () => {
  double.entities.currencyIds = [EURO_ID];
  const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
    const env = {
      ...process.env,
      SHOPWARE_URL: `${baseUrl}/`,
      SHOPWARE_ACCESS_KEY: ACCESS_KEY,
      SHOPWARE_CLIENT_ID: ADMIN.clientId,
      SHOPWARE_CLIENT_SECRET: ADMIN.clientSecret,
    };
    execFile(
      'npm',
      ['run', '--silent', 'live:shopware'],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
      },
    );
  });
  expect(code === 0 ? '' : output.slice(-8000)).toBe('');
  expect(output).toMatch(/Tests: +\d+ passed, \d+ total/);
  expect(output).not.toMatch(/left behind|not tested/);
  expect([...double.entities.made.keys()]).toEqual([]);
  expect(double.entities.currencyIds).toEqual([EURO_ID]);
  expect(double.entities.goods).toEqual(PRODUCTS);
  expect(double.customers).toEqual(CUSTOMERS);
}, 300_000);
