import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type OutsideProbe, outsideProbe } from '../../../src/adapters/outbound-http/outside-probe.js';
import { doctorCommand } from '../../../src/commands/doctor-command.js';
import { callerInLog, outsideFindings } from '../../../src/commands/outside/outside-findings.js';
import { serverSettings } from '../../../src/config/environment.js';
import { certificateFor } from '../../journeys/world/certificate.js';
import { type Site, type TlsFront, proxyTo, tlsFront } from '../../journeys/world/tls-front.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type TestDatabase, environmentOf, testDatabase } from '../../support/test-database.js';
import { type Authority, type Chain, authority } from './certificates.js';

/** The connector behind a proxy with TLS: PUBLIC_URL is the proxy. */
let database: TestDatabase;
let shop: RunningShop;
let front: TlsFront;
let issuer: Authority;
let good: Chain;
let probe: OutsideProbe;
let environment: Record<string, string>;
const CALLER = { 'x-forwarded-for': '198.51.100.7' };

beforeAll(async () => {
  [database, issuer] = await Promise.all([testDatabase(), authority()]);
  good = await issuer.issue('localhost');
  front = await tlsFront(good);
  const publicUrl = `https://localhost:${front.port}`;
  shop = await startShop(database.database, '', { publicOrigin: publicUrl, trustedProxies: ['127.0.0.1'] });
  const all = outsideProbe(issuer.root);
  // The proxy listens on IPv4 alone, and some machines also have localhost as ::1.
  const onIpv4: OutsideProbe['addressesOf'] = async (host) =>
    (await all.addressesOf(host)).filter(({ family }) => family === 4);
  probe = { ...all, addressesOf: onIpv4 };
  environment = { ...environmentOf(database), PUBLIC_URL: publicUrl, TRUSTED_PROXIES: '127.0.0.1' };
}, 180_000);
afterAll(async () => {
  await probe.close();
  await shop.close();
  await front.stop();
  await Promise.all([database.drop(), issuer.remove()]);
}, 60_000);

interface Wish {
  certificate?: Chain;
  plainUrl?: string;
  /** The message log is read. */
  withLog?: boolean;
}

/** The findings with this site behind the proxy. */
async function seen(site: Site, { certificate = good, plainUrl, withLog = false }: Wish = {}): Promise<string> {
  front.show(certificate);
  front.sites.set('localhost', site);
  const settings = serverSettings(environment);
  const { publicUrl, trustedProxies: trusted } = settings;
  const lines: string[] = [];
  const look = { publicUrl, probe, trusted, callerOf: withLog ? callerInLog(settings) : undefined, plainUrl };
  for await (const { subject, fault, cure } of outsideFindings(look))
    lines.push(fault === undefined ? `ok ${subject}` : `WRONG ${subject}: ${fault} -> ${cure}`);
  return lines.join('\n');
}

it('a sound installation has no fault, and the server has seen who called', async () => {
  const text = await seen(proxyTo(shop.port, CALLER), { withLog: true });
  expect(text).not.toContain('WRONG');
  expect(text).toMatch(/^ok DNS: localhost is .*127\.0\.0\.1.*, which only machines of the same network reach/);
  expect(text).toMatch(/\nok TLS at 127\.0\.0\.1: TLSv1\.3, certificate of intermediate until \d{4}-\d\d-\d\d\n/);
  expect(text).toMatch(/\nok POST \S+\/v1\/punchout\/setup: reaches the server\n/);
  expect(text).toMatch(/\nok POST \S+\/v1\/punchout\/oci\/setup: reaches the server\n/);
  expect(text).toMatch(/\nok clock of the proxy \(Date\): like that of this machine\n/);
  expect(text).toMatch(/\nok clock of the server \(timestamp of its cXML\): like that of this machine\n/);
  if ('url' in database.database) expect(text).toContain('\nok X-Forwarded-For: the server saw 198.51.100.7,');
});

it('certificates that a buyer would refuse are told with what is wrong and how to cure it', async () => {
  const site = proxyTo(shop.port, CALLER);
  const directory = await mkdtemp(`${tmpdir()}/self-signed-`);
  const own = await certificateFor(['localhost'], directory);
  await rm(directory, { recursive: true });
  expect(await seen(site, { certificate: { key: own.key.toString(), cert: own.cert.toString() } })).toMatch(
    /^WRONG TLS at 127\.0\.0\.1: the certificate is signed by itself, .* -> take a certificate of a public/m,
  );
  expect(await seen(site, { certificate: await issuer.issue('localhost', { days: -1 }) })).toMatch(
    /^WRONG TLS at 127\.0\.0\.1: a certificate of the chain has expired; that of localhost was valid .* -> renew it/m,
  );
  expect(await seen(site, { certificate: await issuer.issue('shop.example.com') })).toMatch(
    /^WRONG TLS at 127\.0\.0\.1: the certificate is for shop\.example\.com, and not for localhost -> get a certificate/m,
  );
  expect(await seen(site, { certificate: await issuer.issue('localhost', { alone: true }) })).toMatch(
    /^WRONG TLS at 127\.0\.0\.1: only the server's own certificate came, and its issuer intermediate .* -> let the proxy/m,
  );
});

it('redirects that lose a POST, a proxy that reaches nothing, wrong clocks and hidden callers are faults', async () => {
  const moved = await seen((req, res) => {
    res.writeHead(301, { location: `https://www.example.com${req.url ?? ''}` }).end();
  });
  expect(moved).toMatch(
    /^WRONG POST \S+\/v1\/punchout\/setup: 301 to https:\/\/www\.example\.com\/v1\/punchout\/setup: callers follow it by GET, and the document is lost -> set PUBLIC_URL to /m,
  );
  expect(await seen((_req, res) => void res.writeHead(502).end())).toMatch(
    /^WRONG POST \S+\/v1\/punchout\/setup: 502 from something before the server -> see that the server runs/m,
  );
  const late = new Date(Date.now() - 3_600_000).toUTCString();
  expect(await seen((_req, res) => void res.writeHead(200, { date: late, 'x-request-id': 'x' }).end())).toMatch(
    /^WRONG clock of the proxy \(Date\): 3\d\d\d s behind that of this machine -> set both clocks/m,
  );
  if ('url' in database.database)
    expect(await seen(proxyTo(shop.port), { withLog: true })).toMatch(
      /^WRONG X-Forwarded-For: the server saw 127\.0\.0\.1, one of TRUSTED_PROXIES, and not who called it/m,
    );
});

it('an address that breaks off is a fault of its own, also while another still waits', async () => {
  const text = await seen((req, res) => {
    if (req.url?.includes('/oci/') === true) req.socket.destroy();
    else setTimeout(() => res.writeHead(502).end(), 100);
  });
  expect(text).toMatch(/^WRONG POST \S+\/v1\/punchout\/setup: 502 from something before the server/m);
  expect(text).toMatch(/^WRONG POST \S+\/v1\/punchout\/oci\/setup: .* -> see that the proxy runs$/m);
});

it('http that takes documents is a fault, and http that redirects is not', async () => {
  const site = proxyTo(shop.port, CALLER);
  expect(await seen(site, { plainUrl: `http://127.0.0.1:${shop.port}` })).toMatch(
    /^WRONG POST http:\S+: the server takes documents over http/m,
  );
  const plain = createServer((_req, res) => void res.writeHead(308, { location: 'https://localhost/' }).end());
  await new Promise<void>((resolve) => {
    plain.listen(0, '127.0.0.1', resolve);
  });
  const plainUrl = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;
  expect(await seen(site, { plainUrl })).toMatch(/^ok POST http:\S+: 308 to https:\/\/localhost\/\. A buyer's system/m);
  const closed = new Promise((resolve) => plain.close(resolve));
  plain.closeAllConnections();
  await closed;
  expect(await seen(site, { plainUrl })).toContain(`ok POST ${plainUrl}: nobody answers http`);
});

it('doctor --public ends with exit code 1 where something is wrong, and asks for PUBLIC_URL', async () => {
  front.show(good);
  // Another caller, since of one the message log keeps five refusals of a kind a minute.
  front.sites.set('localhost', proxyTo(shop.port, { 'x-forwarded-for': '198.51.100.8' }));
  // The authority of this suite is not known to the command.
  const text = await said(environment);
  expect(text).toMatch(/^WRONG TLS at 127\.0\.0\.1: the chain .*\n {6}-> take a certificate of a public authority/m);
  expect(await said({ DATA_DIR: '/nowhere' })).toMatch(/^WRONG PUBLIC_URL: it is not set\n {6}-> set it/);
  // No DNS has a name of 64 letters, so none is asked.
  const nobody = `https://${'a'.repeat(64)}.invalid`;
  expect(await said({ PUBLIC_URL: nobody })).toMatch(/^WRONG DNS of a{64}\.invalid: .*\n {6}-> let the DNS of/);
});

async function said(env: Record<string, string>): Promise<string> {
  const printed: string[] = [];
  const command = doctorCommand(
    env,
    (line) => printed.push(line),
    async () => undefined,
  );
  await command.parseAsync(['--public'], { from: 'user' });
  expect(process.exitCode).toBe(1);
  process.exitCode = 0;
  return printed.join('\n');
}
