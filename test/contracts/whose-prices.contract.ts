import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PunchFlowClient } from '../../src/client/punchflow-client.js';
import type { StoreCustomer } from '../../src/domain/access/store-customer.js';
import { READERS } from '../adapters/index-encoder/read-index.js';
import { cartFields, postXml, SESSION, setupXml, startUrlOf } from '../support/call-ups.js';
import type { StoreShop } from '../support/store-shop.js';
import { until } from '../support/until.js';
import { HTML, type WebClient } from '../support/web-client.js';

/** A shop with two customers of one buying organisation. */
export interface PricedShop {
  shop: Pick<StoreShop, 'url' | 'connector' | 'browser'>;
  /** By address id of ShipTo. */
  customers: { north: StoreCustomer; south: StoreCustomer };
  /** An article, and the words that the shop's search finds it by. */
  article: string;
  words: string;
  /**
   * `prices`: each customer has prices of their own. `discounts`: all have the prices of the list, and a customer's
   * group saves something in the cart. An index then has the list, and so has the cart's line.
   */
  customersDiffer: 'prices' | 'discounts';
  /** Puts one piece of the article into the cart. */
  fill(client: WebClient): Promise<unknown>;
  /** What the shop shows of it in a session, as often as it shows a price. */
  shown(client: WebClient): Promise<Price[]>;
}

/** Of one piece without tax: as the line says, and with its discounts; absent where it is not told. */
export interface Price {
  line?: number;
  paid?: number;
}

const HOOK_URL = 'https://erp.company.com/oci/return';
const RETURN_URL = 'https://erp.company.com/punchout/return';

/** The article in an answer of OCI. */
interface Found {
  productId: string | undefined;
  price: Price;
}

/**
 * Two customers of one buyer, told apart by the address id of ShipTo, each have one price for an article wherever the
 * buyer meets it: in the shop, in the carts of cXML and OCI, in the live search, and in the index of that address id.
 */
export function hasPricesOfItsOwn(opened: () => PricedShop): void {
  let admin: PunchFlowClient['admin'];
  let worker: { stop(): Promise<void> };

  beforeAll(async () => {
    const { shop, customers } = opened();
    ({ admin } = new PunchFlowClient('demo-admin-key', { baseUrl: shop.url }));
    for (const [connection, customerRules] of [
      ['company-cxml', []],
      // A search by OCI names no ShipTo: a parameter says the same.
      ['company-oci', Object.entries(customers).map(([id, customer]) => ruleFor(id, customer))],
    ] as const) {
      await admin.changeConnection(connection, '*', { settings: { store: { shipTo: 'refuse', customerRules } } });
      const known = Object.entries(customers).map(([addressId, customer]) => ({ addressId, customer }));
      await admin.saveAddresses(connection, known);
    }
    worker = shop.connector.startWorker();
  });
  afterAll(() => worker?.stop());

  /** Shops after a call-up, and gives what the shop shows and the fields of the cart that goes out. */
  async function bought(startUrl: string): Promise<{ shown: Price[]; sent: Record<string, string> }> {
    const { shop, fill, shown } = opened();
    const client = shop.browser();
    await client.get(startUrl, HTML);
    await fill(client);
    const prices = await shown(client);
    return { shown: prices, sent: cartFields(await client.post(`${SESSION}/logout?transferred=1`, {}, HTML)) };
  }

  async function byCxml(addressId: string): Promise<Price[]> {
    const { shop, article } = opened();
    const place =
      `<ShipTo><Address addressID="${addressId}"><Name xml:lang="de">Werk</Name><PostalAddress><Street>Tor 1</Street>` +
      '<City>Kiel</City><Country isoCountryCode="DE">Deutschland</Country></PostalAddress></Address></ShipTo>';
    const document = setupXml().replace('</BrowserFormPost>', `</BrowserFormPost>${place}`);
    const { shown, sent } = await bought(startUrlOf(await postXml(shop.browser(), document)));
    const cart = sent['cXML-urlencoded'] ?? '';
    const line = cart.split('<ItemIn').find((item) => item.includes(`<SupplierPartID>${article}<`)) ?? '';
    const amount = (text: string, name: string): number =>
      Number(new RegExp(`<${name}>\\s*<Money[^>]*>([\\d.]+)`).exec(text)?.[1]);
    return [...shown, { line: amount(line, 'UnitPrice'), paid: amount(cart, 'Total') }];
  }

  async function byOci(addressId: string): Promise<Price[]> {
    const { punchout } = new PunchFlowClient('demo-api-key', { baseUrl: opened().shop.url });
    const { startUrl } = await punchout.setupSession({
      protocol: 'oci',
      connection: 'company-oci',
      returnUrl: RETURN_URL,
      shipTo: { addressId },
    });
    const { shown, sent } = await bought(startUrl);
    return [...shown, found(sent).price];
  }

  async function bySearch(addressId: string): Promise<Found> {
    const { shop, words } = opened();
    const call = {
      HOOK_URL,
      USERNAME: 'buyer@company.com',
      PASSWORD: 'SecretPassword123',
      FUNCTION: 'BACKGROUND_SEARCH',
      SEARCHSTRING: words,
      PLANT: addressId,
    };
    return found(cartFields(await shop.browser().post('/v1/punchout/oci/setup', call, HTML)));
  }

  /** The article in a form of OCI, which has no line for a discount: it is in the price. */
  function found(form: Record<string, string>): Found {
    const { article } = opened();
    const [, nth] = /\[(\d+)\]$/.exec(Object.keys(form).find((name) => form[name] === article) ?? '') ?? [];
    const value = (name: string): string | undefined => form[`NEW_ITEM-${name}[${nth}]`];
    const paid = Number(value('PRICE')) / Number(value('PRICEUNIT') ?? '1');
    return { productId: value('EXT_PRODUCT_ID'), price: { paid } };
  }

  async function byIndex(connection: string, format: 'cif' | 'oci', addressId: string, id: string): Promise<Price> {
    const { runId } = await admin.beginIndexRun(connection, { formats: [format], addressId });
    await until(async () => !['reading', 'writing'].includes((await admin.getIndexRun(connection, runId)).state));
    expect(await admin.getIndexRun(connection, runId)).toMatchObject({ state: 'done', reason: null });
    let file = '';
    for await (const piece of admin.readIndexFile(connection, runId, format)) file += piece;
    return { line: Number(READERS[format]?.(file).find((item) => item.id === id)?.price) };
  }

  it('in the shop, in its carts, in the search and in the index of its address', async () => {
    const { customersDiffer, customers, article } = opened();
    const ofCustomers: Required<Price>[] = [];
    const wherever: unknown[] = [];
    const same: unknown[] = [];
    for (const addressId of Object.keys(customers)) {
      const search = await bySearch(addressId);
      const prices = {
        cxml: await byCxml(addressId),
        oci: await byOci(addressId),
        search: [search.price],
        indexes: [
          await byIndex('company-cxml', 'cif', addressId, article),
          await byIndex('company-oci', 'oci', addressId, search.productId ?? ''),
        ],
      };
      const { line = 0, paid = 0 } = prices.cxml.at(-1) ?? {};
      expect([line > 0, paid > 0]).toEqual([true, true]);
      ofCustomers.push({ line, paid });
      for (const [where, several] of Object.entries(prices)) {
        wherever.push(...several.map((price) => ({ addressId, where, price: { line, paid, ...price } })));
        same.push(...several.map(() => ({ addressId, where, price: { line, paid } })));
      }
    }
    expect(wherever).toEqual(same);
    const [north, south] = ofCustomers;
    expect(north?.paid).not.toBe(south?.paid);
    if (customersDiffer === 'discounts') expect(north?.line).toBe(south?.line);
    else expect(ofCustomers.map(({ line }) => line)).toEqual(ofCustomers.map(({ paid }) => paid));
  }, 120_000);
}

function ruleFor(value: string, customer: StoreCustomer): object {
  return { extrinsic: { name: 'PLANT', value }, customer };
}
