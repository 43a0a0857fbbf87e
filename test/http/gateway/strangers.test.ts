import { rm } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/domain/digest.js';
import { cxmlStatus, postXml, setupXml } from '../../support/call-ups.js';
import { freshData } from '../../support/fresh-data.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type Answer, HTML } from '../../support/web-client.js';

const OCI = '/v1/punchout/oci/setup';
const MIB = 1024 * 1024;

describe('unidentified callers', () => {
  const running: { directory?: string; shop?: RunningShop } = {};
  beforeAll(async () => {
    running.directory = await freshData();
    running.shop = await startShop({ directory: running.directory }, '', { connector: { demo: false } });
    const { shop } = running;
    await shop.onboard({
      connectionId: 'erp-cxml',
      settings: { cxml: { to: [] } },
      credential: { kind: 'cxml', domain: 'NetworkId', identity: 'AN-1' },
      secret: 'right-secret',
    });
    await shop.onboard({
      connectionId: 'erp-late',
      settings: { cxml: { to: [] } },
      credential: { kind: 'cxml', domain: 'NetworkId', identity: 'AN-2' },
      secret: 'right-secret',
    });
    await shop.onboard({
      connectionId: 'erp-oci',
      protocol: 'oci',
      credential: { kind: 'oci', domain: '', identity: 'oci-buyer' },
      secret: 'right-secret',
    });
    await shop.connector.directory.apiKeys.save({
      tenantId: 'demo',
      keyId: 'k',
      name: 'k',
      scopes: ['read', 'write'],
      demo: false,
      createdAt: new Date(),
      digest: digestOf('a-real-key'),
    });
  }, 120_000);
  afterAll(async () => {
    await running.shop?.close();
    if (running.directory !== undefined) await rm(running.directory, { recursive: true, force: true });
  });
  const shop = (): RunningShop => {
    if (running.shop === undefined) throw new Error('the shop did not start');
    return running.shop;
  };
  const document = (identity: string, secret = 'right-secret', padding = 0): string =>
    setupXml({ identity, secret, returnUrl: 'https://erp.company.com/return' }).replace(
      '</cXML>',
      `</cXML>${'<!---->'.repeat(padding / 7)}`,
    );
  const code = async (text: string | Buffer): Promise<string> => cxmlStatus(await postXml(shop().browser(), text)).code;
  const oci = (form: Record<string, string>): Promise<Answer> =>
    shop()
      .browser()
      .post(OCI, { HOOK_URL: 'https://erp.company.com/oci', ...form }, HTML);
  const rows = async (table: string, where: object = {}): Promise<number> =>
    Number((await shop().knex(table).where(where).count({ n: '*' }))[0]?.['n']);

  it('large call-ups are read from registered names and keys, never from others', async () => {
    expect([
      await code(document('AN-1', 'right-secret', 4 * MIB)),
      await code(Buffer.from(`\uFEFF${document('AN-1', 'right-secret', MIB).replace('UTF-8', 'UTF-16')}`, 'utf16le')),
    ]).toEqual(['200', '200']);
    const unknown = await postXml(shop().browser(), document('AN-9', 'right-secret', MIB));
    expect(cxmlStatus(unknown)).toMatchObject({ code: '400', text: expect.stringContaining('256 KiB') });
    expect((await oci({ USERNAME: 'oci-buyer', PASSWORD: 'right-secret', x: 'y'.repeat(MIB) })).status).toBe(200);
    expect((await oci({ USERNAME: 'nobody', PASSWORD: 'right-secret', x: 'y'.repeat(MIB) })).status).toBe(413);
    const json = (key: string): Promise<Answer> =>
      shop()
        .browser()
        .send('/v1/punchout/setup', {
          method: 'POST',
          body:
            JSON.stringify({ protocol: 'cxml', connection: 'erp-cxml', return_url: 'https://erp.company.com/return' }) +
            ' '.repeat(MIB),
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        });
    expect([(await json('a-real-key')).status, (await json('no-key')).status]).toEqual([201, 413]);
    const cart = (key: string): Promise<Answer> =>
      shop()
        .browser()
        .send('/v1/punchout/transfer', {
          method: 'POST',
          body: `<cXML>${'<!---->'.repeat(MIB / 7)}`,
          headers: { 'content-type': 'text/xml', authorization: `Bearer ${key}` },
        });
    expect([(await cart('a-real-key')).json().error.code, (await cart('no-key')).json().error.code]).toEqual([
      'INVALID_XML',
      'REQUEST_TOO_LARGE',
    ]);
  });

  it('large call-ups of registered names are read in wrappings and compressed; those of others are not', async () => {
    const wrapped = (identity: string): [string, string | Buffer, Record<string, string>][] => {
      const xml = document(identity, 'right-secret', MIB);
      return [
        [
          'form with base64',
          `cXML-base64=${encodeURIComponent(Buffer.from(xml).toString('base64'))}`,
          { 'content-type': 'application/x-www-form-urlencoded' },
        ],
        ['JSON', JSON.stringify({ xml }), { 'content-type': 'application/json' }],
        [
          'part',
          `--b\r\nContent-Type: text/xml\r\n\r\n${xml}\r\n--b--`,
          { 'content-type': 'multipart/mixed; boundary=b' },
        ],
        ['gzip', gzipSync(xml), { 'content-encoding': 'gzip' }],
        ['br', brotliCompressSync(xml), { 'content-encoding': 'br' }],
      ];
    };
    for (const [name, body, headers] of wrapped('AN-1'))
      expect([name, cxmlStatus(await postXml(shop().browser(), body, headers)).code]).toEqual([name, '200']);
    for (const [name, body, headers] of wrapped('AN-9')) {
      const answer = await postXml(shop().browser(), body, headers);
      expect([name, answer.text]).toEqual([name, expect.stringMatching(/more than 256 KiB/)]);
    }
    const form = (name: string): Promise<Answer> => {
      const fields = {
        USERNAME: ` ${name} `,
        PASSWORD: 'right-secret',
        HOOK_URL: 'https://erp.company.com/oci',
        x: 'y'.repeat(MIB),
      };
      const parts = Object.entries(fields).map(
        ([field, value]) => `--b\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
      );
      return shop()
        .browser()
        .send(OCI, {
          method: 'POST',
          body: `${parts.join('')}--b--\r\n`,
          headers: { ...HTML, 'content-type': 'multipart/form-data; boundary=b' },
        });
    };
    expect([(await form('oci-buyer')).status, (await form('nobody')).status]).toEqual([200, 413]);
  });

  it('a body of ordinary size needs no identification', async () => {
    expect(await code(document('AN-9', 'x', 200_000))).toBe('401');
    expect((await oci({ USERNAME: 'nobody', PASSWORD: 'x', note: 'y'.repeat(200_000) })).status).toBe(401);
  });

  it('names of 200 KB are refused without a look-up', async () => {
    const before = await rows('message_log');
    for (let index = 0; index < 10; index += 1)
      expect((await oci({ USERNAME: `${index}${'n'.repeat(200_000)}`, PASSWORD: 'x' })).status).toBe(401);
    expect(await code(document('N'.repeat(10_000)))).toBe('401');
    await shop().connector.directory.connections.findByCredential({ kind: 'oci', domain: '', identity: 'oci-buyer' });
    expect(await rows('message_log')).toBeGreaterThanOrEqual(before);
  });

  it('120 wrong secrets leave 10 rows in the message log and a count', async () => {
    expect(await code(document('AN-1'))).toBe('200');
    const codes = await Promise.all(
      Array.from({ length: 120 }, (_, index) => code(document('AN-1', `wrong ${index}`))),
    );
    expect(codes.filter((one) => one === '401')).toHaveLength(10);
    expect(codes.filter((one) => one === '560')).toHaveLength(110);
    expect(await code(document('AN-1'))).toBe('200');
    expect(await code(document('AN-2'))).toBe('200');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await rows('message_log', { connection_id: 'erp-cxml', code: 'INVALID_CREDENTIALS' })).toBe(10);
    expect(await rows('message_log', { connection_id: 'erp-cxml', code: 'RATE_LIMITED' })).toBe(10);
  });
});
