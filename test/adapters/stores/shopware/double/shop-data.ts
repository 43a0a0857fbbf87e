/** Products and customers of the double: the goods of the recordings, under their ids, and some for the other traps. */
export interface DoubleProduct {
  id: string;
  number: string;
  name: { en: string | null; de: string | null };
  description?: string;
  /** Undefined: missing; the English one is used instead. */
  germanDescription?: string;
  net: number;
  gross: number;
  /** Lower price from a quantity on. */
  tiers?: { from: number; net: number; gross: number }[];
  taxRate: number;
  stock: number;
  /** Sold only while in stock. */
  closeout?: boolean;
  minPurchase?: number;
  steps?: number;
  maxPurchase?: number;
  ean?: string;
  manufacturerNumber?: string;
  manufacturer?: boolean;
  /** Litre, 0.75 of it per piece. */
  measured?: boolean;
  packUnit?: string;
  category: 'office' | 'pens';
  customFields?: Record<string, string | boolean>;
  /** For variants: their own options; the name comes from the parent. */
  options?: DoubleOption[];
  parentId?: string;
  /** Cannot be bought: adding it is answered with 200 and no effect. */
  isParent?: boolean;
}

/** An option of a variant: `Size: M`. The position is that of its group. */
export interface DoubleOption {
  group: string;
  option: string;
  position?: number;
}

export const idOf = (name: string): string => Buffer.from(name.padEnd(16, '0').slice(0, 16)).toString('hex');

export const SALES_CHANNEL_ID = '98432def39fc4624b33213a56b8c944d';
export const EURO_ID = 'b7d2554b0ce847cd82f3ac9bd1c0dfca';
export const FRANC_ID = idOf('curr-chf');
export const ENGLISH_ID = '2fbb5fe2e29a4d70aa5854ce7ce3e20b';
export const GERMAN_ID = idOf('lang-de');
export const ROOT_CATEGORY_ID = '01a1ffb7768273ff8d2dbae574aafa93';
export const CATEGORY_IDS = { office: idOf('cat-office'), pens: idOf('cat-pens') };
export const CURRENCIES = [
  { id: EURO_ID, isoCode: 'EUR', factor: 1 },
  { id: FRANC_ID, isoCode: 'CHF', factor: 0.5 },
];
export const COUNTRIES = [
  { id: idOf('country-de'), iso: 'DE' },
  { id: idOf('country-at'), iso: 'AT' },
];
export const LANGUAGES = [
  { id: ENGLISH_ID, code: 'en-GB' },
  { id: GERMAN_ID, code: 'de-DE' },
];

const SHIRT_ID = idOf('prod-shirt');

export const PRODUCTS: readonly DoubleProduct[] = [
  {
    id: idOf('prod-book'),
    number: 'SKU-BOOK',
    name: { en: 'Reduced tax book', de: 'Buch' },
    net: 9.35,
    gross: 10,
    taxRate: 7,
    stock: 5,
    closeout: true,
    category: 'office',
  },
  {
    id: idOf('prod-ink'),
    number: 'SKU-INK',
    name: { en: 'Tinte 0,75 l – ÄÖÜ', de: 'Tinte 0,75 l – ÄÖÜ' },
    net: 10.0756,
    gross: 11.99,
    taxRate: 19,
    stock: 50,
    minPurchase: 2,
    steps: 2,
    maxPurchase: 20,
    manufacturerNumber: 'ACME-INK',
    manufacturer: true,
    measured: true,
    category: 'office',
  },
  {
    id: idOf('prod-pen'),
    number: 'SKU-PEN',
    name: { en: 'Ballpoint pen, blue & "soft"', de: 'Kugelschreiber, blau' },
    description: '<p>Writes <b>well</b>.</p>',
    net: 1,
    gross: 1.19,
    tiers: [{ from: 10, net: 0.8, gross: 0.95 }],
    taxRate: 19,
    stock: 1000,
    manufacturerNumber: 'ACME-PEN-1',
    ean: '4006381333931',
    manufacturer: true,
    packUnit: 'piece',
    category: 'pens',
    customFields: { custom_unspsc: '44121704', productOciEClass: '24-24-07-01' },
  },
  {
    id: idOf('prod-gone'),
    number: 'SKU-GONE',
    name: { en: 'Sold out', de: 'Ausverkauft' },
    net: 5,
    gross: 5.95,
    taxRate: 19,
    stock: 0,
    closeout: true,
    category: 'office',
  },
  {
    id: idOf('prod-lamp'),
    number: 'SKU-LAMP',
    name: { en: 'Lamp', de: 'Lampe' },
    net: 26.81,
    gross: 31.9,
    taxRate: 19,
    stock: 100,
    category: 'office',
  },
  {
    id: idOf('prod-bolt'),
    number: 'SKU-BOLT',
    name: { en: 'Bolt', de: null },
    description: 'Holds.',
    net: 2,
    gross: 2.38,
    taxRate: 19,
    stock: 100,
    category: 'office',
  },
  {
    id: idOf('prod-pipe'),
    number: 'SKU|PIPE',
    name: { en: 'Pipe', de: 'Rohr' },
    net: 3.33,
    gross: 3.96,
    taxRate: 19,
    stock: 100,
    category: 'office',
  },
  {
    id: SHIRT_ID,
    number: 'SKU-SHIRT',
    name: { en: 'Shirt', de: 'Hemd' },
    net: 10,
    gross: 11.9,
    taxRate: 19,
    stock: 0,
    category: 'office',
    isParent: true,
  },
  {
    id: idOf('prod-shirt-m'),
    number: 'SKU-SHIRT.M',
    name: { en: null, de: null },
    net: 10,
    gross: 11.9,
    taxRate: 19,
    stock: 10,
    category: 'office',
    parentId: SHIRT_ID,
    options: [{ group: 'Size', option: 'M' }],
  },
];

export interface DoubleCustomer {
  id: string;
  customerNumber: string;
  email: string;
  password: string;
  /** A group with displayGross=false buys net. */
  taxState: 'net' | 'gross' | 'tax-free';
  /** Prices by a rule about this customer, by article number: they go before those of the product. */
  rulePrices?: Readonly<Record<string, { net: number; gross: number }>>;
  /** Created through the Admin API. */
  groupId?: string;
  guest: boolean;
  active: boolean;
  vatIds?: string[];
  tagIds?: string[];
  /** Further data that rules may use (shopware.md 8.6). */
  title?: string;
  affiliateCode?: string;
  campaignCode?: string;
  birthday?: string;
  firstLogin?: string;
  customFields?: Record<string, unknown>;
}

export const CUSTOMERS: readonly DoubleCustomer[] = [
  {
    id: idOf('cust-buyer'),
    customerNumber: 'C-1001',
    email: 'buyer@acme.test',
    password: 'throwaway-password',
    taxState: 'net',
    guest: false,
    active: true,
    vatIds: ['DE123456789'],
    tagIds: [idOf('tag-key-account')],
  },
  {
    id: idOf('cust-gross'),
    customerNumber: 'C-1002',
    email: 'gross@acme.test',
    password: 'throwaway-password',
    taxState: 'gross',
    guest: false,
    active: true,
  },
  {
    id: idOf('cust-free'),
    customerNumber: 'C-1003',
    email: 'free@acme.test',
    password: 'throwaway-password',
    taxState: 'tax-free',
    guest: false,
    active: true,
  },
  {
    id: idOf('cust-twin-1'),
    customerNumber: 'C-2001',
    email: 'twin@acme.test',
    password: 'x',
    taxState: 'net',
    guest: false,
    active: true,
  },
  {
    id: idOf('cust-twin-2'),
    customerNumber: 'C-2002',
    email: 'twin@acme.test',
    password: 'x',
    taxState: 'net',
    guest: false,
    active: true,
  },
];
