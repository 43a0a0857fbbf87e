import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { type RunningServer, startServer } from '../../../src/server.js';
import { type Buyer, buyerDouble } from './buyer.js';
import { certificateFor } from './certificate.js';
import { type OddShop, oddShop } from './odd-shop.js';
import { onboard } from './onboard.js';
import { type OtherSite, otherSite } from './other-site.js';
import { type Site, proxyTo, tlsFront } from './tls-front.js';

/**
 * All parts of a journey: the real server behind TLS, a buyer, a third site, a test shop with unusual articles,
 * Chromium.
 */
export interface World {
  origins: Record<'shop' | 'buyer' | 'evil' | 'odd', string>;
  server: RunningServer;
  /** Where operators of the server may also sign in; nothing listens there until a journey starts a provider. */
  openId: { port: number; clientId: string; clientSecret: string };
  buyer: Buyer;
  evil: OtherSite;
  odd: OddShop;
  /** The buyer of the test shop. */
  oddBuyer: Buyer;
  browser: Browser;
  /** Serves one more host, one of `MORE_HOSTS`, and returns its origin. */
  addSite(host: string, site: Site): string;
  /** Temporary directory of this run. */
  directory: string;
  stop(): Promise<void>;
}

const HOSTS = ['shop.localhost', 'buyer.test', 'evil.test', 'odd.test', 'oddbuyer.test'];
const MORE_HOSTS = ['lone.localhost', 'lonebuyer.test'];

/** Everything but the browser. */
export async function openWorld(): Promise<Omit<World, 'browser'>> {
  const directory = await mkdtemp(join(tmpdir(), 'punchout-journeys-'));
  const front = await tlsFront(await certificateFor([...HOSTS, ...MORE_HOSTS], directory));
  const origin = (host: string): string => `https://${host}:${front.port}`;
  // The demo runs on loopback only.
  const origins = {
    shop: origin('shop.localhost'),
    buyer: origin('buyer.test'),
    evil: origin('evil.test'),
    odd: origin('odd.test'),
  };

  const port = await freePort();
  const openId = { port: await freePort(), clientId: 'journeys', clientSecret: 'a-client-secret-of-the-journeys' };
  const server = await startServer({
    host: '127.0.0.1',
    port,
    publicUrl: origins.shop,
    database: { directory: join(directory, 'shop') },
    demo: true,
    trustedProxies: [],
    store: { kind: 'demo' },
    metricsPort: 0,
    logLevel: 'error',
    openIdConnect: {
      issuer: `http://127.0.0.1:${openId.port}`,
      clientId: openId.clientId,
      clientSecret: openId.clientSecret,
      name: 'Acme ID',
    },
  });
  const odd = await oddShop({ publicUrl: origins.odd, directory: join(directory, 'odd') });
  const buyer = buyerDouble({
    origin: origins.buyer,
    shopUrl: origins.shop,
    directUrl: server.url,
    evilOrigin: origins.evil,
  });
  const oddBuyer = buyerDouble({
    origin: origin('oddbuyer.test'),
    shopUrl: origins.odd,
    directUrl: `http://127.0.0.1:${odd.port}`,
    evilOrigin: origins.evil,
  });
  const evil = otherSite(origins.evil);
  front.sites
    .set('shop.localhost', proxyTo(port))
    .set('odd.test', proxyTo(odd.port))
    .set('buyer.test', buyer.site)
    .set('oddbuyer.test', oddBuyer.site)
    .set('evil.test', evil.site);

  const own = { returnOrigins: [origins.buyer], language: 'de', currency: 'EUR' };
  const { directory: shopDirectory } = server.connector;
  await onboard(shopDirectory, { tenantId: 'acme', connectionId: 'acme-cxml', protocol: 'cxml', settings: own });
  await onboard(shopDirectory, { tenantId: 'acme', connectionId: 'acme-oci', protocol: 'oci', settings: own });
  await onboard(shopDirectory, {
    tenantId: 'rival',
    connectionId: 'rival-cxml',
    protocol: 'cxml',
    settings: { ...own, returnOrigins: [origins.evil, origins.buyer] },
  });
  const oddOwn = { returnOrigins: [origin('oddbuyer.test')], language: 'en' };
  await onboard(odd.connector.directory, {
    tenantId: 'odd',
    connectionId: 'odd-cxml',
    protocol: 'cxml',
    settings: { ...oddOwn, cxml: { customFieldsAsExtrinsics: true } },
  });
  for (const charset of ['utf-8', 'iso-8859-1', 'windows-1252']) {
    await onboard(odd.connector.directory, {
      tenantId: 'odd',
      connectionId: `odd-${charset}`,
      protocol: 'oci',
      settings: { ...oddOwn, oci: { charset } },
    });
  }

  return {
    origins,
    server,
    openId,
    buyer,
    evil,
    odd,
    oddBuyer,
    addSite(host, site) {
      front.sites.set(host, site);
      return origin(host);
    },
    directory,
    async stop() {
      await front.stop();
      await odd.stop();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
