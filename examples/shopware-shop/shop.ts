import express from 'express';
import { createConnector } from 'headless-punchout';
import { shopwareShop } from 'headless-punchout/shopware';

const {
  DATABASE_URL,
  PUBLIC_URL = 'http://127.0.0.1:3000',
  SHOPWARE_URL = '',
  SHOPWARE_ACCESS_KEY = '',
  SHOPWARE_CLIENT_ID = '',
  SHOPWARE_CLIENT_SECRET = '',
  FRONTEND_URL = 'http://127.0.0.1:3001',
} = process.env;

const connector = await createConnector({
  database: DATABASE_URL === undefined ? { directory: '.data' } : { url: DATABASE_URL },
  publicUrl: PUBLIC_URL,
  store: shopwareShop({
    baseUrl: SHOPWARE_URL,
    accessKey: SHOPWARE_ACCESS_KEY,
    admin: { clientId: SHOPWARE_CLIENT_ID, clientSecret: SHOPWARE_CLIENT_SECRET },
    // Pages that open after the login.
    paths: { home: `${FRONTEND_URL}/`, cart: `${FRONTEND_URL}/cart`, product: `${FRONTEND_URL}/detail/{id}` },
    classificationFields: { UNSPSC: 'custom_unspsc' }, // custom fields of your products
  }),
});

const app = express();
app.set('trust proxy', 'loopback');
app.use(connector.router, connector.storeProxy(), connector.routeGuard()); // the frontend talks to /store-api here
connector.startWorker();
app.listen(Number(new URL(PUBLIC_URL).port || 3000), '127.0.0.1');
