import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { type CommandContext, withDirectory } from '../../src/commands/open-directory.js';
import { connectionCommand } from '../../src/commands/connection-command.js';
import { tenantCommand } from '../../src/commands/tenant-command.js';
import { checkCxmlDocument } from '../../src/protocols/cxml/check/check-document.js';
import { compiled } from '../support/compiled.js';
import { environmentOf, type TestDatabase, testDatabase } from '../support/test-database.js';

jest.setTimeout(120_000);

let folder: string;
let home: TestDatabase;

interface Run {
  code: number;
  out: string;
  err: string;
}

/** Runs the command line as a process, on the database of this suite. */
async function child(...args: string[]): Promise<Run> {
  const program = await compiled('src/cli.ts');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { env: { PATH: process.env.PATH, ...environmentOf(home) } },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      },
    );
  });
}

/** Runs the same commands on the same database in this process, which is faster. */
async function punchout(...args: string[]): Promise<Run> {
  const printed: string[] = [];
  const context: CommandContext = {
    directory: (act) => withDirectory({ database: home.database }, act),
    print: (line) => void printed.push(line),
    readText: (path) => readFile(path, 'utf8'),
  };
  const program = new Command().addCommand(tenantCommand(context)).addCommand(connectionCommand(context));
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await program.parseAsync(args, { from: 'user' });
    return { code: process.exitCode, out: `${printed.join('\n')}\n`, err: '' };
  } catch (error) {
    return { code: 1, out: `${printed.join('\n')}\n`, err: error instanceof Error ? error.message : '' };
  } finally {
    process.exitCode = before;
  }
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(content));
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preview-'));
  home = await testDatabase();
  expect(await punchout('tenant', 'add', 'shop', '--name', 'Shop')).toMatchObject({ code: 0 });
  const settings = await file('settings.json', {
    returnOrigins: ['https://erp.example.com'],
    units: { PCE: 'EA' },
    mapping: { cxml: { 'Extrinsic.CostCenter': { from: 'request.extrinsic.CostCenter' } } },
  });
  expect(
    await punchout(
      'connection',
      'add',
      'shop',
      'ariba',
      '--name',
      'A',
      '--protocol',
      'cxml',
      '--profile',
      'ariba',
      '--settings',
      settings,
    ),
  ).toMatchObject({ code: 0 });
  expect(
    await punchout(
      'connection',
      'add',
      'shop',
      'sap',
      '--name',
      'S',
      '--protocol',
      'oci',
      '--profile',
      'sap-oci4',
      '--return-origin',
      'https://srm.example.com',
    ),
  ).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await home.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('punchout connection preview', () => {
  it('cXML: prints a valid document and the findings, exit code 0', async () => {
    const { code, out } = await child('connection', 'preview', 'shop', 'ariba');
    expect(code).toBe(0);
    const document = out.slice(0, out.indexOf('</cXML>') + 7);
    expect(checkCxmlDocument(document, '1.2.014').filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(document).toContain('<Extrinsic name="CostCenter">4711</Extrinsic>');
    expect(out).toMatch(/^warning SAP Ariba: line 3, TAPE-50, Classification: /m);
    expect(out).not.toMatch(/^error/m);
  });

  it('OCI: prints the fields, the discount spread', async () => {
    const { code, out } = await punchout('connection', 'preview', 'shop', 'sap');
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^POST https:\/\/srm\.example\.com\/?\n~OkCode=ADDI\n/),
    });
    expect(out).toContain('NEW_ITEM-VENDORMAT[1]=SKU-001\n');
    expect(out).not.toContain('WELCOME10');
    expect(out).toMatch(/^warning SAP OCI 4: shipping: /m);
  });

  it('a middleware: prints the fields of its form, and reports unacceptable content as an error', async () => {
    const settings = await file('middleware.json', {
      returnOrigins: ['https://middleware.example.com/base/'],
      repost: { templateUsers: ['buyer1'], endCustomers: [7] },
    });
    expect(
      await punchout(
        'connection',
        'add',
        'shop',
        'rocket',
        '--name',
        'R',
        '--protocol',
        'repost',
        '--settings',
        settings,
      ),
    ).toMatchObject({ code: 0, err: '' });
    const { code, out } = await child('connection', 'preview', 'shop', 'rocket');
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^POST https:\/\/middleware\.example\.com\/base\/start-sso-checkout\nsession_token=PREVIEW-COOKIE\nend_customer_id=7\n/,
      ),
    });
    expect(out).toContain('products[0][sku]=SKU-001\n');
    expect(out).toMatch(/No findings\.\n$/);
    const cart = await file('half.json', {
      currency: 'EUR',
      lines: [{ lineId: '1', sku: 'A1', name: 'Bolt', quantity: '1.5', unitPrice: '1.50' }],
    });
    expect(await punchout('connection', 'preview', 'shop', 'rocket', '--cart', cart)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^error {3}writer: Line 1: the middleware accepts only whole quantities/m),
    });
    const any = await file('any.json', {
      returnOrigins: ['https://middleware.example.com'],
      repost: { templateUsers: ['buyer1'] },
    });
    expect(
      await punchout('connection', 'add', 'shop', 'orbit', '--name', 'O', '--protocol', 'repost', '--settings', any),
    ).toMatchObject({ code: 0 });
    expect(await punchout('connection', 'preview', 'shop', 'orbit')).toMatchObject({
      code: 0,
      out: expect.stringContaining('end_customer_id='),
    });
  });

  it('a custom cart; exit code 1 on errors, but the document is still printed', async () => {
    const cart = await file('cart.json', {
      currency: 'EUR',
      lines: [{ lineId: '1', sku: 'A?1', name: 'Bolt', quantity: '2', unitPrice: '1.50' }],
    });
    const { code, out } = await child('connection', 'preview', 'shop', 'ariba', '--cart', cart);
    expect(code).toBe(1);
    expect(out).toContain('<SupplierPartID>A?1</SupplierPartID>');
    expect(out).toMatch(/^error {3}SAP Ariba: line 1, A\?1, SupplierPartID: /m);
  });

  it('content that a DTD version cannot hold is a warning; a part without its bundle is a separate line', async () => {
    const line = { sku: 'DESK', name: 'Desk', quantity: '1', unitPrice: '500.00' };
    const cart = await file('parts.json', {
      currency: 'EUR',
      quoteStatus: 'pending',
      lines: [
        {
          ...line,
          lineId: '1',
          parentLineId: 'gone',
          buyerPartId: 'BM-1',
          tax: { amount: '95.00', description: 'VAT' },
        },
        { ...line, lineId: '2', quantity: '3', unitPrice: '2.00', conversionFactor: '10', unit: 'BX', priceUnit: 'EA' },
      ],
    });
    const { code, out } = await punchout('connection', 'preview', 'shop', 'ariba', '--cart', cart);
    expect(code).toBe(0);
    for (const text of [
      'quoteStatus="pending"',
      '<Total><Money currency="EUR">560.00</Money></Total>',
      '<Tax><Money currency="EUR">95.00</Money>',
      '<Money currency="EUR">20.00</Money></UnitPrice>',
    ])
      expect(out).toContain(text);
    expect(out).toMatch(/^warning not carried: BuyerPartID: Line 1 of the cart as it came: /m);
    expect(out).toMatch(/^warning not carried: PriceBasisQuantity: Line 2 of the cart as it came: /m);
  });

  it('content that the protocol cannot express is an error of the writer', async () => {
    const cart = await file('negative.json', {
      currency: 'EUR',
      lines: [{ lineId: '1', sku: 'A1', name: 'Bolt', quantity: '2', unitPrice: '-1.50' }],
    });
    const { code, out } = await punchout('connection', 'preview', 'shop', 'sap', '--cart', cart);
    expect({ code, out }).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^error {3}writer: Line 1: the price is negative/m),
    });
  });

  it('all faults of a cart are reported at once; so are those of a mapping', async () => {
    const cart = await file('bad.json', {
      currency: 'euro',
      lines: [{ lineId: '1', sku: 'A1', name: 'Bolt', quantity: '1,5', unitPrice: '1', colour: 'red' }],
    });
    const bad = await punchout('connection', 'preview', 'shop', 'sap', '--cart', cart);
    expect(bad.code).toBe(1);
    for (const place of ['currency', 'lines.0.quantity', 'colour']) expect(bad.err).toContain(place);
    const settings = await file('bad-settings.json', {
      returnOrigins: ['https://a.example'],
      mapping: { oci: { PRICE: { fixed: '1' }, MATNR: { from: 'line.x' } } },
    });
    const refused = await punchout(
      'connection',
      'add',
      'shop',
      'x1',
      '--name',
      'X',
      '--protocol',
      'oci',
      '--settings',
      settings,
    );
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringMatching(/mapping\.oci\.MATNR\.from.*mapping\.oci\.PRICE/),
    });
  });

  it('a profile of the other protocol is refused', async () => {
    expect(
      await punchout(
        'connection',
        'add',
        'shop',
        'x2',
        '--name',
        'X',
        '--protocol',
        'oci',
        '--profile',
        'ariba',
        '--return-origin',
        'https://a.example',
      ),
    ).toMatchObject({ code: 1, err: expect.stringContaining('is for cxml') });
    expect(await punchout('connection', 'preview', 'shop', 'none')).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no connection shop/none.'),
    });
  });
});
