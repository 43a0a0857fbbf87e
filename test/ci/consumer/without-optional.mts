// Installed with `npm i --omit=optional`: what needs a package that is left out says which.
import assert from 'node:assert/strict';
import { createConnector } from 'headless-punchout';
import { VendureStore } from 'headless-punchout/vendure';
import { MemoryStore } from './memory-store.mjs';

const publicUrl = 'http://127.0.0.1:3000';
await assert.rejects(
  createConnector({ database: { directory: '.data' }, publicUrl, store: new MemoryStore() }),
  /npm install @electric-sql\/pglite/,
);
const store = new VendureStore({
  shopApiUrl: 'http://127.0.0.1:9/shop-api',
  paths: { home: '/', cart: '/cart', product: '/products/{slug}' },
  http: () => Promise.reject(new Error('nobody asks')),
  sealingSecret: ['x'.repeat(32)],
});
assert.throws(() => store.proxyPolicy({ allow: [] }), /npm install graphql/);
const url = process.env['DATABASE_URL_TEST'];
if (url !== undefined)
  await (await createConnector({ database: { url }, publicUrl, store: new MemoryStore() })).close();
console.log('without optional packages: well');
