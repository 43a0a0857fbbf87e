import type { IndexEntry } from '../../domain/catalogue/catalogue-index.js';
import { documentStart } from '../cxml/write/document-start.js';
import { markupElement, markupText } from '../xml/escape-xml.js';
import type { IndexWriter } from './index-writer.js';

/**
 * A cXML Index with one IndexItemPunchout for each product (cXML Reference Guide, "PunchOut Index Catalogs"), valid by
 * the DTD of the connection. Since 1.2.050 the DTD has a place for price and unit. Before, they are Extrinsics, as the
 * DTD allows: a procurement system that does not know them shows no price. `URL` is the address of the call-up.
 */
export const cxmlIndexWriter: IndexWriter = {
  contentType: 'application/xml; charset=utf-8',
  extension: 'xml',
  limits: {
    id: 255,
    name: 50,
    description: 2000,
    manufacturer: 255,
    decimals: 10,
    isTable: false,
    idOf: ({ sku }) => sku,
  },
  head: ({ connection }) => {
    const { domain, identity } = connection.settings.cxml.supplier;
    return (
      documentStart(connection.settings.cxml.version).replace('<!DOCTYPE cXML', '<!DOCTYPE Index') +
      `<Index loadmode="Full">\n${markupText('SupplierID', { domain }, identity, true)}\n`
    );
  },
  item: (entry, { connection, callUpUrl }) => {
    const hasPrice = connection.settings.cxml.version !== '1.2.014';
    const unit = markupText('UnitOfMeasure', {}, entry.unit, true);
    const price = markupElement('UnitPrice', {}, markupText('Money', { currency: entry.currency }, entry.price, true));
    const itemId =
      markupText('SupplierPartID', {}, entry.sku, true) +
      markupText('SupplierPartAuxiliaryID', {}, entry.auxiliaryId, true);
    const detail =
      descriptionOf(entry) +
      markupText('URL', {}, callUpUrl, true) +
      entry.classifications.map(({ domain, code }) => markupText('Classification', { domain }, code, true)).join('') +
      (hasPrice ? price + unit : '') +
      markupText('ManufacturerName', {}, entry.manufacturerName, true) +
      markupText('ManufacturerPartID', {}, entry.manufacturerPartId, true) +
      (hasPrice && entry.leadTimeDays !== undefined && entry.leadTimeDays >= 0
        ? markupText('LeadTime', {}, String(Math.ceil(entry.leadTimeDays)))
        : '') +
      extrinsicsOf(entry, hasPrice);
    const level = hasPrice ? { punchoutLevel: 'product' } : {};
    return (
      '<IndexItem><IndexItemPunchout>' +
      `${markupElement('ItemID', {}, itemId)}${markupElement('PunchoutDetail', level, detail, true)}` +
      '</IndexItemPunchout></IndexItem>\n'
    );
  },
  tail: () => '</Index>\n',
};

function descriptionOf({ name, description, language, sku }: IndexEntry): string {
  const short = description === '' || description === name ? '' : markupText('ShortName', {}, name, true);
  const long = markupText('Description', { 'xml:lang': language }, description || name || sku, true);
  return short === '' ? long : long.replace('>', () => `>${short}\n`);
}

function extrinsicsOf(entry: IndexEntry, hasPrice: boolean): string {
  const values: [string, string | undefined][] = [
    ...(hasPrice
      ? []
      : ([
          ['UnitPrice', entry.price],
          ['Currency', entry.currency],
          ['UnitOfMeasure', entry.unit],
        ] satisfies [string, string][])),
    ['ImageURL', entry.imageUrl],
    ['MinimumOrderQuantity', entry.minQuantity],
    ['OrderInterval', entry.quantityStep],
    ['Category', entry.categoryPath.join(' > ')],
  ];
  return values.map(([name, value]) => markupText('Extrinsic', { name }, value, true)).join('');
}

/**
 * OCI 5.0, catalogue content as JSON (FUNCTION=DOWNLOADJSON): one page with all items. SAP's own description is a
 * document for its customers. Documented publicly: the fields and lengths in
 * https://github.com/enthus-golang/sap-oci-5 (item.go, catalog.go). Inferred: that numbers are written as numbers and
 * quantities as texts, as its types say; that one page may hold everything.
 */
export const ociIndexWriter: IndexWriter = {
  contentType: 'application/json; charset=utf-8',
  extension: 'json',
  limits: {
    id: 40,
    name: 255,
    description: 20_000,
    manufacturer: 255,
    decimals: 10,
    isTable: false,
    idOf: ({ productKey }) => productKey,
  },
  head: ({ items }) => `{"CURRENTPAGE":1,"TOTALPAGES":1,"TOTALITEMS":${items},"TRANSACTIONID":1,"CTI":"X","Items":[\n`,
  item: (entry, { connection }, isFirst) => {
    const languageCode = entry.language.slice(0, 2).toUpperCase();
    const [first] = entry.classifications;
    const item = {
      EXT_PRODUCT_ID: entry.productKey,
      VENDOR: connection.settings.oci.vendor,
      VENDOR_MAT: entry.sku,
      LANGUAGES: [{ languageCode }],
      DESCRIPTION: [{ languageCode, description: entry.name || entry.description.slice(0, 255) || entry.sku }],
      LONGTEXT: entry.description === '' ? undefined : [{ languageCode, longtext: entry.description }],
      PRICE: 0,
      PRICE_QUANTITY: '1',
      CURRENCY: entry.currency,
      UNIT: entry.unit,
      MINORDER_QTY: entry.minQuantity,
      LOTSIZE: entry.quantityStep,
      LEADTIME: entry.leadTimeDays === undefined ? undefined : String(Math.ceil(entry.leadTimeDays)),
      MANUFACTNAME: entry.manufacturerName || undefined,
      MANUFACTMAT: entry.manufacturerPartId || undefined,
      EXT_SCHEMA_TYPE: first?.domain.slice(0, 10),
      EXT_CATEGORY_ID: first?.code,
      PARENT_ID: '',
    };
    // The price is decimal text and must not become a float on its way.
    const text = JSON.stringify({ NEWITEM: item }).replace('"PRICE":0,', () => `"PRICE":${entry.price},`);
    return (isFirst ? '' : ',\n') + text;
  },
  tail: () => '\n]}\n',
};
