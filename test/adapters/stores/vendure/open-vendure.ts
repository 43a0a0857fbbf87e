import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe } from '@jest/globals';
import { UndiciHttp } from '../../../../src/adapters/outbound-http/undici-http.js';
import type { VendureStoreOptions } from '../../../../src/adapters/stores/vendure/vendure-options.js';
import { VendureStore } from '../../../../src/adapters/stores/vendure/vendure-store.js';
import type { OutboundHttp } from '../../../../src/ports/outbound-http.js';

export const SEALING_SECRET = 'a sealing secret of thirty-two characters or more';
export const FIELDS = {
  manufacturerName: 'product:maker',
  manufacturerPartId: 'variant:mpn',
  gtin: 'variant:gtin',
  unit: 'variant:unitCode',
  classifications: { UNSPSC: 'variant:unspsc' },
  customFields: { brand: 'facet:brand' },
} as const;

/**
 * A running Vendure server with the goods of test/vendure-server; `npm run vendure` starts one and runs these tests.
 */
export const VENDURE_URL = process.env['VENDURE_URL_TEST'];

/** Skips with a message without a server; with CI set that is a failure. */
export function describeVendure(name: string, body: () => void): void {
  if (VENDURE_URL === undefined && process.env['CI'] === undefined) {
    process.stderr.write(`SKIPPED: no Vendure server (VENDURE_URL_TEST; npm run vendure starts one): ${name}\n`);
    describe.skip(name, body);
    return;
  }
  describe(name, body);
}

export type Failure = 'down' | 'slow' | 'error' | 'limited' | 'garbage';

export interface OpenVendure {
  storeWith(options?: Partial<VendureStoreOptions>): VendureStore;
  /** Sends requests to a server with this failure; undefined repairs it. */
  fail(kind: Failure | undefined): void;
  http: OutboundHttp;
  close(): Promise<void>;
}

export async function openVendure(): Promise<OpenVendure> {
  if (VENDURE_URL === undefined)
    throw new Error('VENDURE_URL_TEST is not set: start the server of test/vendure-server');
  const http = new UndiciHttp();
  let failure: Failure | undefined;
  const faulty = createServer((req, res) => {
    req.resume();
    if (failure === 'slow') return;
    if (failure === 'down') res.destroy();
    else if (failure === 'error') res.writeHead(500).end('{"errors":[]}');
    else if (failure === 'limited') res.writeHead(429, { 'retry-after': '1' }).end();
    else res.writeHead(200, { 'content-type': 'application/json' }).end('<html>');
  });
  await new Promise<void>((resolve) => {
    faulty.listen(0, '127.0.0.1', resolve);
  });
  const faultyUrl = `http://127.0.0.1:${(faulty.address() as AddressInfo).port}/shop-api`;
  let clockMs = Date.now();
  const send: OutboundHttp = (request) =>
    http.send(
      failure === undefined ? request : { ...request, url: faultyUrl, timeoutMs: Math.min(request.timeoutMs, 300) },
    );
  return {
    http: send,
    storeWith: (changed = {}) =>
      new VendureStore({
        shopApiUrl: `${VENDURE_URL}/shop-api`,
        channelToken: 'net',
        sealingSecret: SEALING_SECRET,
        http: send,
        timeouts: { requestMs: 20_000, operationMs: 30_000 },
        fields: FIELDS,
        now: () => clockMs,
        ...changed,
      }),
    fail(kind) {
      failure = kind;
      // Rate limits are remembered: the clock must pass them before the next test.
      clockMs += 60_000;
    },
    async close() {
      faulty.closeAllConnections();
      await new Promise((resolve) => faulty.close(resolve));
      await http.close();
    },
  };
}
