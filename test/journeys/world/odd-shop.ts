import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { DemoStore } from '../../../src/adapters/stores/demo/demo-store.js';
import { type Connector, createConnector } from '../../../src/connector.js';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import type { TransferPayload } from '../../../src/domain/transmission/transfer-payload.js';
import { pageCsp } from '../../../src/http/views/page/page-csp.js';
import { shippedTexts } from '../../../src/http/views/texts.js';
import { transferPage } from '../../../src/http/views/transfer-page.js';
import type { Store } from '../../../src/ports/store/store.js';

/** A test shop behind the real connector: its carts hold any given lines. */
export interface OddShop {
  port: number;
  connector: Connector;
  /** Lines of every cart of this shop. */
  lines: CartLine[];
  /** Payloads of the connector's writer, newest last. */
  promised: TransferPayload[];
  /** Address of the product's own transfer page for this payload, with the product's own policy. */
  transferPage(payload: TransferPayload, formAction: readonly string[], frameAncestors?: readonly string[]): string;
  stop(): Promise<void>;
}

const TRANSFER =
  '<!DOCTYPE html><meta charset="utf-8"><title>Odd shop</title><form method="post" ' +
  'action="/agiqon/connector/session/logout?transferred=1"><button>Transfer</button></form>';

/** Differs from the demo store only in the lines of its carts. */
function oddStore(demo: DemoStore, linesNow: () => CartLine[]): Store {
  return {
    name: demo.name,
    homePath: demo.homePath,
    cartPath: demo.cartPath,
    openCart: (transmission) => demo.openCart(transmission),
    addLines: (cart, lines) => demo.addLines(cart, lines),
    changeLine: (cart, lineId, quantity) => demo.changeLine(cart, lineId, quantity),
    removeLine: (cart, lineId) => demo.removeLine(cart, lineId),
    readCart: async (cart) => ({ ...(await demo.readCart(cart)), lines: linesNow() }),
    deleteCart: (cart, contentMark) => demo.deleteCart(cart, contentMark),
    productPath: (item) => demo.productPath(item),
  };
}

export async function oddShop({ publicUrl, directory }: { publicUrl: string; directory: string }): Promise<OddShop> {
  const promised: TransferPayload[] = [];
  const pages = new Map<string, { html: string; csp: string; charset: string }>();
  const connector = await createConnector({
    database: { directory },
    publicUrl,
    log: {
      debug: ignore,
      info: ignore,
      warn: ignore,
      error: (facts, message) => process.stderr.write(`odd shop: ${message} ${JSON.stringify(facts)}\n`),
    },
    store: ({ query }) => oddStore(new DemoStore({ query, publicUrl }), () => shop.lines),
    transferHandler(_event, encode) {
      const outcome = encode();
      if (outcome.ok) promised.push(outcome.value);
      return outcome;
    },
  });
  const app = express();
  app.use(connector.router);
  app.get('/', (_req, res) => {
    res.type('html').send(TRANSFER);
  });
  app.get('/page/:id', (req, res) => {
    const page = pages.get(req.params.id);
    if (page === undefined) res.sendStatus(404);
    else
      res
        .set({ 'Content-Security-Policy': page.csp, 'Content-Type': `text/html; charset=${page.charset}` })
        .send(Buffer.from(page.html, 'latin1'));
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });

  const shop: OddShop = {
    port: (server.address() as AddressInfo).port,
    connector,
    lines: [],
    promised,
    transferPage(payload, formAction, frameAncestors = []) {
      const id = String(pages.size);
      pages.set(id, {
        html: transferPage({ payload, texts: shippedTexts('en') }),
        csp: pageCsp({ formAction, frameAncestors, script: true }),
        charset: payload.charset,
      });
      return `${publicUrl}/page/${id}`;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connector.close();
    },
  };
  return shop;
}

function ignore(): void {}
