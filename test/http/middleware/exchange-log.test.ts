import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { bodyBudget } from '../../../src/http/body/body-budget.js';
import { learn } from '../../../src/http/exchange-facts.js';
import { exchangeLog } from '../../../src/http/exchange-log.js';
import { bodyReader } from '../../../src/http/body/read-body.js';
import type { Exchange } from '../../../src/usecases/history/note-exchange.js';
import { setupXml } from '../../support/call-ups.js';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const SECRET = 'hush-hush-hush';
const document = setupXml({ secret: SECRET }).replace('</cXML>', '<!-- the end --></cXML>');

/** What is shown of a body, if at most `most` bytes are read. */
async function shown(body: Buffer | string, type: string, kind: string): Promise<(most: number) => string> {
  const app = express();
  const noted: Exchange[] = [];
  app.use(exchangeLog(async (exchange) => void noted.push(exchange), SILENT));
  app.post('/', bodyReader(bodyBudget())({ limit: 1024 * 1024 }), (_req, res) => {
    learn(res, { kind, refusal: { code: 'INVALID_CREDENTIALS' } });
    res.type('application/json').send('{"no":1}');
  });
  const server = createServer(app);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const sending = request({ port, method: 'POST', headers: { 'content-type': type }, agent: false });
  sending.end(body);
  const [answer] = (await once(sending, 'response')) as [IncomingMessage];
  await once(answer.resume(), 'end');
  const [exchange] = noted;
  if (exchange === undefined) throw new Error('nothing was noted');
  return exchange.received.content;
}

const part = (encoding: string, content: string): string =>
  `--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${content}\r\n--b--`;
const base64 = Buffer.from(document).toString('base64');
const BODIES: [name: string, body: Buffer | string, type: string, kind: string][] = [
  ['XML', document, 'text/xml', 'PunchOutSetupRequest'],
  [
    'UTF-16',
    Buffer.from(`\uFEFF${document.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
    'text/xml',
    'PunchOutSetupRequest',
  ],
  [
    'SOAP with the document as text',
    `<soap:Envelope><soap:Body><d>${document.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</d></soap:Body></soap:Envelope>`,
    'text/xml',
    'PunchOutSetupRequest',
  ],
  [
    'a form with base64',
    `cXML-base64=${encodeURIComponent(base64)}`,
    'application/x-www-form-urlencoded',
    'PunchOutSetupRequest',
  ],
  [
    'a form with escapes',
    `cXML-urlencoded=${encodeURIComponent(document)}`,
    'application/x-www-form-urlencoded',
    'PunchOutSetupRequest',
  ],
  [
    'a form with base64 of JSON',
    `d=${encodeURIComponent(Buffer.from(JSON.stringify({ document })).toString('base64'))}`,
    'application/x-www-form-urlencoded',
    'PunchOutSetupRequest',
  ],
  ['a base64 part', part('base64', base64), 'multipart/related; boundary=b', 'PunchOutSetupRequest'],
  [
    'a quoted-printable part',
    part('quoted-printable', document.replaceAll('=', '=3D')),
    'multipart/related; boundary=b',
    'PunchOutSetupRequest',
  ],
  ['JSON', JSON.stringify({ document }), 'application/json', 'PunchOutSetupRequest'],
  [
    'an OCI form',
    `USERNAME=a&PASSWORD=${SECRET}&x=${'y'.repeat(2000)}`,
    'application/x-www-form-urlencoded',
    'OCI call-up',
  ],
  [
    'an OCI multipart form',
    `--b\r\nContent-Disposition: form-data; name="PASSWORD"\r\n\r\n${SECRET}\r\n${'-'.repeat(400)}\r\n--b--`,
    'multipart/form-data; boundary=b',
    'OCI call-up',
  ],
];

describe('what is shown of a body', () => {
  it.each(BODIES)(
    '%s: wherever it is truncated, no secret or start of a secret is shown, escaped or not',
    async (_, body, type, kind) => {
      const text = await shown(body, type, kind);
      const forms = [
        SECRET.slice(0, 6),
        Buffer.from(SECRET).toString('base64').slice(0, 6),
        Buffer.from(SECRET.slice(1)).toString('base64').slice(0, 6),
        Buffer.from(SECRET.slice(2)).toString('base64').slice(0, 6),
      ];
      for (let most = 1; most < body.length + 10; most += most < body.length ? 7 : 1)
        for (const form of forms) expect(text(most)).not.toContain(form);
    },
  );

  it.each(BODIES)('%s: a truncated one says so, with its full length', async (_, body, type, kind) => {
    const text = await shown(body, type, kind);
    expect(text(400)).toMatch(new RegExp(`\\[cut, ${body.length} bytes\\]$`));
    expect(text(body.length)).not.toContain('[cut,');
  });

  it('of plain XML the beginning is shown, of others nothing', async () => {
    const text = await shown(document, 'text/xml', 'PunchOutSetupRequest');
    expect(text(400).startsWith(document.slice(0, 300).trimStart().slice(0, 200))).toBe(true);
    expect((await shown(JSON.stringify({ document }), 'application/json', 'PunchOutSetupRequest'))(400)).toBe(
      `[cut, ${JSON.stringify({ document }).length} bytes]`,
    );
  });
});
