import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { checkCxmlDocument } from '../../../../src/protocols/cxml/check/check-document.js';
import { callUp, type CxmlWish, idOf } from '../../../support/call-ups.js';
import { describeShop } from '../../../support/running-shop.js';
import { DEMO_KEY, type Json, started } from './api-calls.js';

const STATUS_204 = '<Status code="204" text="No Content"/>';
const EDIT = { operation: 'edit', items: [{ sku: 'SKU-001', quantity: '2' }] };

interface Item {
  sku?: string;
  /** Attributes of ItemIn besides the quantity. */
  is?: string;
  quantity?: string;
  price?: string;
  id?: string;
  detail?: string;
  classification?: string;
  description?: string;
  after?: string;
}

function item({
  sku = 'A-1',
  is = '',
  quantity = '1',
  price = '10.00',
  id = '',
  detail = '',
  classification = '<Classification domain="UNSPSC">12345678</Classification>',
  description = '<Description xml:lang="en">thing</Description>',
  after = '',
}: Item): string {
  return (
    `<ItemIn quantity="${quantity}" ${is}><ItemID><SupplierPartID>${sku}</SupplierPartID>${id}</ItemID><ItemDetail>` +
    `<UnitPrice><Money currency="EUR">${price}</Money></UnitPrice>${description}<UnitOfMeasure>EA</UnitOfMeasure>` +
    `${classification}${detail}</ItemDetail>${after}</ItemIn>`
  );
}

function message(
  items: Item[],
  { status = '', is = 'operationAllowed="edit"', header = '', total = '0.00' } = {},
): string {
  return (
    '<cXML payloadID="c@shop" timestamp="2026-01-15T10:30:00+00:00"><Header><From><Credential domain="DUNS">' +
    '<Identity>1</Identity></Credential></From><To><Credential domain="NetworkId"><Identity>b</Identity>' +
    '</Credential></To><Sender><Credential domain="DUNS"><Identity>1</Identity></Credential>' +
    `<UserAgent>t</UserAgent></Sender></Header><Message>${status}<PunchOutOrderMessage>` +
    `<BuyerCookie>@COOKIE@</BuyerCookie><PunchOutOrderMessageHeader ${is}><Total>` +
    `<Money currency="EUR">${total}</Money></Total>${header}</PunchOutOrderMessageHeader>` +
    `${items.map(item).join('')}</PunchOutOrderMessage></Message></cXML>`
  );
}

describeShop('a cart that the shop posts itself', {}, (shop) => {
  const version = async (dtd: string): Promise<string> => {
    const connectionId = `v${dtd.replaceAll('.', '-')}`;
    await shop().onboard({
      connectionId,
      settings: { returnOrigins: ['https://erp.example.com'], cxml: { version: dtd } },
    });
    return connectionId;
  };
  /** `wish`: for a JSON call-up, or with an operation for a cXML one. */
  const post = async (
    document: string,
    wish: object | CxmlWish = {},
  ): Promise<{
    status: number;
    data: Json;
    error: Json;
    document: string;
    fields: { name: string; value: string }[];
    again: () => Promise<string>;
  }> => {
    const buyerCookie = `bc-${randomUUID()}`;
    const id =
      'operation' in wish
        ? idOf(await callUp(shop(), { buyerCookie, ...wish }))
        : (await started(shop(), { buyer_cookie: buyerCookie, ...wish })).id;
    const send = () =>
      shop()
        .browser()
        .send(`/v1/punchout/transfer?session_id=${id}`, {
          method: 'POST',
          body: document.replace('@COOKIE@', buyerCookie),
          headers: { 'content-type': 'text/xml', authorization: `Bearer ${DEMO_KEY}` },
        });
    const answer = await send();
    const { data, error } = answer.json();
    const fields: { name: string; value: string }[] = data?.form.fields ?? [];
    const sent = fields.find(({ name }) => name === 'cXML-urlencoded')?.value ?? '';
    if (sent !== '') expect(checkCxmlDocument(sent, /cXML\/([\d.]+)\/cXML/.exec(sent)?.[1] as '1.2.014')).toEqual([]);
    return { status: answer.status, data, error, document: sent, fields, again: async () => (await send()).text };
  };
  const notCarried = (data: Json): [number | undefined, string][] =>
    (data.not_carried ?? []).map(({ line, field }: { line?: number; field: string }) => [line, field]);

  it.each(['create', 'edit'])(
    'cxml.md 7.8: %s: Status 204 without items stays 204, so the buyer keeps the lines; a repeat gets the same answer',
    async (operation) => {
      const { status, data, document, again } = await post(
        message([], { status: STATUS_204 }),
        operation === 'edit' ? EDIT : {},
      );
      expect([status, data.total_amount, data.items_count]).toEqual([200, 0, 0]);
      expect(document).toContain(STATUS_204);
      expect(document).not.toContain('<ItemIn');
      expect(JSON.parse(await again()).data.payload_id).toBe(data.payload_id);
    },
  );

  it('cxml.md 7.8: an inspect session may end with 204 only', async () => {
    const inspect = { ...EDIT, operation: 'inspect' };
    expect((await post(message([], { status: STATUS_204 }), inspect)).document).toContain(STATUS_204);
    expect((await post(message([]), inspect)).error.code).toBe('READ_ONLY_SESSION');
  });

  it('oci.md 8.10: 204 in an OCI session becomes a form without items', async () => {
    const { fields } = await post(message([], { status: STATUS_204 }), {
      protocol: 'oci',
      connection: undefined,
      return_url: 'https://erp.company.com/oci/return',
    });
    expect(fields.filter(({ name }) => name.startsWith('NEW_ITEM'))).toEqual([]);
  });

  it.each([
    ['', 200],
    ['<Status code="200" text="OK"/>', 200],
    ['<Status code="500" text="x"/>', 400],
    ['<Status code="417" text="x"/>', 400],
    ['<Status code="201" text="x"/>', 400],
    ['<Status text="x"/>', 400],
  ])('cxml.md 7.8: an emptied cart with %s answers %d', async (status, expected) => {
    const answer = await post(message([], { status }), EDIT);
    expect([answer.status, answer.error?.details?.field]).toEqual([expected, expected === 200 ? undefined : 'Status']);
    if (expected === 200) expect(answer.document).not.toContain('<Status');
  });

  it('cxml.md 7.8: lines with a Status: a failure is refused, 204 is reported and the lines are sent', async () => {
    expect((await post(message([{}], { status: '<Status code="500" text="x"/>' }))).error).toMatchObject({
      code: 'INVALID_REQUEST',
      details: { field: 'Status' },
    });
    const { data, document } = await post(message([{}], { status: STATUS_204, total: '10.00' }));
    expect([data.total_amount, notCarried(data), document.includes('<Status')]).toEqual([
      10,
      [[undefined, 'Status']],
      false,
    ]);
  });

  it.each([
    ['0', 'lineNumber="1" parentLineNumber="0" itemType="item"', []],
    ['a number of no line', 'lineNumber="1" parentLineNumber="77" itemType="item"', [[1, 'parentLineNumber']]],
    ['its own number', 'lineNumber="1" parentLineNumber="1"', [[1, 'parentLineNumber']]],
    ['a word', 'lineNumber="1" parentLineNumber="none"', [[1, 'parentLineNumber']]],
    ['a line that is no group', 'lineNumber="1" parentLineNumber="2"', [[1, 'parentLineNumber']]],
  ])('cxml.md 7.2: a parentLineNumber that is %s hides no line, in any version', async (_, is, named) => {
    const cart = message(
      [
        { is, price: '500.00' },
        { sku: 'A-2', is: 'lineNumber="2"', quantity: '10', price: '2.49' },
      ],
      { total: '524.90' },
    );
    for (const dtd of ['1.2.014', '1.2.050', '1.2.071']) {
      const { data, document } = await post(cart, { connection: await version(dtd) });
      expect([dtd, data.total_amount, document.match(/<ItemIn /g)?.length, notCarried(data)]).toEqual([
        dtd,
        524.9,
        2,
        named,
      ]);
    }
    const oci = await post(cart, {
      protocol: 'oci',
      connection: undefined,
      return_url: 'https://erp.company.com/oci/return',
    });
    expect([
      oci.data.total_amount,
      oci.fields.filter(({ name }) => name.startsWith('NEW_ITEM-PRICE[')).map(({ value }) => value),
    ]).toEqual([524.9, ['500.000', '2.490']]);
  });

  const PARTS = [
    { sku: 'A-2', is: 'lineNumber="2" parentLineNumber="1" itemType="item"', quantity: '2', price: '30.00' },
    { sku: 'A-3', is: 'lineNumber="3" parentLineNumber="1" itemType="item"', price: '40.00' },
  ];

  it.each([
    ['itemLevel, free', 'itemType="composite" compositeItemType="itemLevel"', '0.00', '100.00', []],
    ['no level, free', 'itemType="composite"', '0.00', '100.00', []],
    [
      'itemLevel with its own price',
      'itemType="composite" compositeItemType="itemLevel"',
      '100.00',
      '100.00',
      [[1, 'UnitPrice']],
    ],
  ])(
    'cxml.md 7.2: a bundle priced at its parts (%s) is 100.00 in every version and protocol',
    async (_, is, price, total, named) => {
      const cart = message([...PARTS, { is: `lineNumber="1" ${is}`, price }].toReversed(), { total });
      const older = await post(cart);
      expect([older.data.total_amount, older.data.items_count, older.document.match(/<ItemIn /g)?.length]).toEqual([
        100, 3, 2,
      ]);
      expect(notCarried(older.data)).toEqual([...named, [1, 'ItemIn']]);
      for (const dtd of ['1.2.050', '1.2.071']) {
        const { data, document } = await post(cart, { connection: await version(dtd) });
        expect([data.total_amount, data.items_count, notCarried(data)]).toEqual([100, 3, named]);
        expect(document).toMatch(
          /<ItemIn quantity="1" lineNumber="1" itemType="composite" compositeItemType="itemLevel">.*?>0\.00</,
        );
        expect(document).toContain('<ItemIn quantity="2" lineNumber="2" parentLineNumber="1" itemType="item">');
      }
      const oci = await post(cart, {
        protocol: 'oci',
        connection: undefined,
        return_url: 'https://erp.company.com/oci/return',
      });
      expect([
        oci.data.total_amount,
        oci.fields.filter(({ name }) => name.startsWith('NEW_ITEM-PRICE[')).map(({ value }) => value),
      ]).toEqual([100, ['40.000', '30.000']]);
    },
  );

  it.each([
    ['groupLevel', 'itemType="composite" compositeItemType="groupLevel"', '90.00'],
    ['no level', 'itemType="composite"', '90.00'],
  ])('cxml.md 7.2: a bundle with the price (%s) counts it once in every version', async (_, is, price) => {
    const cart = message([{ is: `lineNumber="1" ${is}`, price }, ...PARTS], { total: price });
    expect((await post(cart)).data).toMatchObject({
      total_amount: 90,
      items_count: 1,
      not_carried: [
        { line: 2, field: 'ItemIn' },
        { line: 3, field: 'ItemIn' },
      ],
    });
    const newer = await post(cart, { connection: await version('1.2.071') });
    expect([newer.data.total_amount, newer.document.includes('compositeItemType="groupLevel"')]).toEqual([90, true]);
    expect(newer.data.not_carried).toBeUndefined();
  });

  it('cxml.md 7.2: an itemLevel bundle with free parts keeps its price or its stated Total', async () => {
    const free = PARTS.map((part) => ({ ...part, price: '0.00' }));
    expect(
      (
        await post(
          message(
            [{ is: 'lineNumber="1" itemType="composite" compositeItemType="itemLevel"', price: '90.00' }, ...free],
            { total: '90.00' },
          ),
        )
      ).data,
    ).toMatchObject({ total_amount: 90 });
    expect(
      (await post(message([{ is: 'lineNumber="1"', price: '90.00' }, ...PARTS], { total: '90.00' }))).data,
    ).toMatchObject({ total_amount: 90 });
    expect(
      (await post(message([{ is: 'lineNumber="1"', price: '90.00' }, ...PARTS], { total: '190.00' }))).data,
    ).toMatchObject({ total_amount: 190 });
  });

  it('cxml.md 7.2, 7.7: the amount includes a conversion factor: 3 boxes at 2.00 per piece, 10 in a box', async () => {
    const cart = message(
      [
        {
          quantity: '3',
          price: '2.00',
          classification:
            '<PriceBasisQuantity quantity="1" conversionFactor="10"><UnitOfMeasure>EA</UnitOfMeasure>' +
            '</PriceBasisQuantity><Classification domain="UNSPSC">1</Classification>',
        },
      ],
      { total: '60.00' },
    ).replace('<UnitOfMeasure>EA</UnitOfMeasure><PriceBasis', '<UnitOfMeasure>BX</UnitOfMeasure><PriceBasis');
    const newer = await post(cart, { connection: await version('1.2.050') });
    expect([newer.data.total_amount, newer.data.not_carried]).toEqual([60, undefined]);
    expect(newer.document).toContain(
      '<UnitOfMeasure>BX</UnitOfMeasure><PriceBasisQuantity quantity="1" conversionFactor="10">' +
        '<UnitOfMeasure>EA</UnitOfMeasure></PriceBasisQuantity>',
    );
    const older = await post(cart);
    expect([
      older.data.total_amount,
      notCarried(older.data),
      older.document.includes('<Money currency="EUR">20.00</Money></UnitPrice>'),
    ]).toEqual([60, [[1, 'PriceBasisQuantity']], true]);
    const oci = await post(cart, {
      protocol: 'oci',
      connection: undefined,
      return_url: 'https://erp.company.com/oci/return',
    });
    expect([
      oci.data.total_amount,
      notCarried(oci.data),
      oci.fields.find(({ name }) => name === 'NEW_ITEM-PRICE[1]')?.value,
    ]).toEqual([60, [[1, 'PriceBasisQuantity']], '20.000']);
  });

  it.each([
    'conversionFactor="0"',
    'conversionFactor="-1"',
    'conversionFactor="ten"',
    'quantity="0" conversionFactor="1"',
    'quantity="1;5" conversionFactor="1"',
  ])('cxml.md 7.3: a price basis with %s is refused, and the refusal names the place', async (is) => {
    const { status, error } = await post(
      message([{ classification: `<PriceBasisQuantity ${is}><UnitOfMeasure>EA</UnitOfMeasure></PriceBasisQuantity>` }]),
    );
    expect([status, error.code, error.details.error]).toEqual([
      400,
      'INVALID_XML',
      expect.stringContaining("Element 'PriceBasisQuantity', attribute '"),
    ]);
  });

  const RICH = message(
    [
      {
        is: 'lineNumber="7"',
        id: '<BuyerPartID>BM-1</BuyerPartID><IdReference domain="EAN-13" identifier="4006381333931"/>',
        description:
          '<Description xml:lang="de"><ShortName>Ding</ShortName>Ein Ding</Description>' +
          '<Description xml:lang="en">thing</Description>',
        classification: '<Classification domain="MaterialGroup" code="007">Consumables</Classification>',
        after:
          '<Shipping><Money currency="EUR">2.00</Money><Description xml:lang="en">Parcel</Description></Shipping>' +
          '<Tax><Money currency="EUR">1.90</Money><Description xml:lang="en">VAT</Description>' +
          '<TaxDetail category="vat"/></Tax><Comments xml:lang="en">handle with care</Comments>',
      },
    ],
    {
      is: 'operationAllowed="create" quoteStatus="pending"',
      header:
        '<ShipTo><Address addressID="77"><Name xml:lang="en">Depot</Name></Address></ShipTo>' +
        '<SupplierOrderInfo orderID="SO-1"/>',
      total: '10.00',
    },
  );

  it('cxml.md 6.4, 7.2: what the shop put into its cart reaches the buyer', async () => {
    const { document, data } = await post(RICH, { connection: await version('1.2.071') });
    for (const markup of [
      '<PunchOutOrderMessageHeader operationAllowed="create" quoteStatus="pending">',
      '<ShipTo><Address addressID="77"><Name xml:lang="en">Depot</Name></Address></ShipTo>',
      '<ItemIn quantity="1" lineNumber="7">',
      '<BuyerPartID>BM-1</BuyerPartID><IdReference identifier="4006381333931" domain="EAN-13"/></ItemID>',
      '<Description xml:lang="de"><ShortName>Ding</ShortName>\nEin Ding</Description><Description xml:lang="en">' +
        'thing</Description>',
      '<Classification domain="MaterialGroup" code="007">Consumables</Classification>',
      '</ItemDetail><Shipping><Money currency="EUR">2.00</Money><Description xml:lang="en">Parcel</Description>' +
        '</Shipping><Tax><Money currency="EUR">1.90</Money><Description xml:lang="en">VAT</Description></Tax>' +
        '</ItemIn>',
    ])
      expect(document).toContain(markup);
    expect(notCarried(data)).toEqual([
      [undefined, 'PunchOutOrderMessageHeader/SupplierOrderInfo'],
      [1, 'Tax/TaxDetail'],
      [1, 'Comments'],
    ]);
  });

  it('cxml.md 7.2: the answer and the findings list what the document cannot hold', async () => {
    const { data } = await post(RICH);
    expect(notCarried(data).slice(3)).toEqual([
      [1, 'BuyerPartID'],
      [1, 'IdReference'],
      [1, 'Classification'],
    ]);
    const [stored] = await shop().knex('transfer_payload').where({ transmission_id: data.session_id });
    const payload = JSON.parse(stored.payload);
    expect(payload.notCarried).toEqual(data.not_carried);
    expect(payload.findings).toContainEqual({
      code: 'FIELD_NOT_CARRIED',
      severity: 'warning',
      field: 'BuyerPartID',
      message: expect.stringMatching(/^Line 1 of the cart as it came: .* It is not sent\.$/),
      platform: 'not carried',
    });
    const oci = await post(RICH, {
      protocol: 'oci',
      connection: undefined,
      return_url: 'https://erp.company.com/oci/return',
    });
    expect(notCarried(oci.data).map(([, field]) => field)).toEqual(
      expect.arrayContaining([
        'quoteStatus',
        'operationAllowed',
        'ShipTo',
        'Description',
        'IdReference',
        'Shipping',
        'Tax',
        'Comments',
        'Tax/TaxDetail',
      ]),
    );
  });

  it('cxml.md 6.4: operationAllowed is the lower of the shop’s and the connection’s', async () => {
    await shop().onboard({
      connectionId: 'only-inspect',
      settings: {
        returnOrigins: ['https://erp.example.com'],
        cxml: { operationAllowed: 'inspect', inReplyTo: false, shortName: false },
      },
    });
    const answers = await Promise.all(
      ['create', 'inspect', 'edit'].map((operation) =>
        post(
          message([{ description: '<Description xml:lang="en"><ShortName>Ding</ShortName>Ein Ding</Description>' }], {
            is: `operationAllowed="${operation}"`,
            total: '10.00',
          }),
          { connection: 'only-inspect' },
        ),
      ),
    );
    expect(answers.map(({ document }) => /operationAllowed="(\w+)"/.exec(document)?.[1])).toEqual([
      'create',
      'inspect',
      'inspect',
    ]);
    expect(answers.map(({ data }) => notCarried(data))).toEqual([
      [[1, 'ShortName']],
      [[1, 'ShortName']],
      [
        [undefined, 'operationAllowed'],
        [1, 'ShortName'],
      ],
    ]);
    expect(answers[0]?.document).not.toMatch(/ShortName|inReplyTo/);
  });

  it('cxml.md 7.2: a Total that differs from the sum is reported, and the sum is sent', async () => {
    expect((await post(message([{}], { total: '9.99' }))).data).toMatchObject({
      total_amount: 10,
      not_carried: [{ field: 'Total', reason: expect.stringContaining('9.99') }],
    });
  });
});
