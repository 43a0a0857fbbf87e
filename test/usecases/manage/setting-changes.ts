import type { Protocol } from '../../../src/domain/transmission/protocol.js';

export interface SettingChange {
  protocol: Protocol;
  change: object;
  /** Lines that differ, before and after; null where there is none. */
  changes?: [string | null, string | null][];
  gained?: string[];
  lost?: string[];
  refused?: string;
}

/** Changes of one setting, each with all that it changes in the form of the sample cart. Read by eye, line by line. */
export const SETTING_CHANGES: SettingChange[] = [
  {
    protocol: 'cxml',
    change: { units: { PCE: 'EA' } },
    changes: [['<UnitOfMeasure>PCE</UnitOfMeasure>', '<UnitOfMeasure>EA</UnitOfMeasure>']],
  },
  {
    protocol: 'cxml',
    change: { defaultClassification: { domain: 'UNSPSC', code: '31000000' } },
    changes: [
      [
        '<Classification domain="UNSPSC">00000000</Classification>',
        '<Classification domain="UNSPSC">31000000</Classification>',
      ],
      [
        '<Classification domain="UNSPSC">00000000</Classification>',
        '<Classification domain="UNSPSC">31000000</Classification>',
      ],
    ],
  },
  {
    protocol: 'cxml',
    change: { cxml: { version: '1.2.050' } },
    changes: [
      [
        '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">',
        '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.050/cXML.dtd">',
      ],
      ['<Money currency="EUR">0.1235</Money>', '<Money currency="EUR">12.35</Money>'],
      [null, '<PriceBasisQuantity quantity="100" conversionFactor="1">'],
      [null, '<UnitOfMeasure>C62</UnitOfMeasure>'],
      [null, '</PriceBasisQuantity>'],
    ],
    lost: ['PRICE_BASIS_NOT_SENT'],
  },
  { protocol: 'cxml', change: { cxml: { encoding: 'base64' } }, changes: [['cXML-urlencoded:', 'cXML-base64:']] },
  { protocol: 'cxml', change: { cxml: { encoding: 'both' } }, changes: [[null, 'cXML-base64:']] },
  { protocol: 'cxml', change: { cxml: { fieldNames: 'cxml' } }, changes: [['cXML-urlencoded:', 'cxml-urlencoded:']] },
  { protocol: 'cxml', change: { cxml: { frameTarget: '_top' } }, changes: [['target: _self', 'target: _top']] },
  {
    protocol: 'cxml',
    change: { cxml: { supplier: { domain: 'DUNS', identity: '123' } } },
    changes: [
      ['<Credential domain="NetworkId">', '<Credential domain="DUNS">'],
      ['<Identity>supplier</Identity>', '<Identity>123</Identity>'],
      ['<Credential domain="NetworkId">', '<Credential domain="DUNS">'],
      ['<Identity>supplier</Identity>', '<Identity>123</Identity>'],
    ],
  },
  {
    protocol: 'cxml',
    change: { cxml: { buyer: { domain: 'DUNS', identity: '9' } } },
    changes: [
      ['<Credential domain="NetworkId">', '<Credential domain="DUNS">'],
      ['<Identity>c</Identity>', '<Identity>9</Identity>'],
    ],
  },
  {
    protocol: 'cxml',
    change: { cxml: { operationAllowed: 'inspect' } },
    changes: [
      [
        '<PunchOutOrderMessageHeader operationAllowed="edit">',
        '<PunchOutOrderMessageHeader operationAllowed="inspect">',
      ],
    ],
  },
  {
    protocol: 'cxml',
    change: { cxml: { shortName: false } },
    changes: [
      ['<Description xml:lang="de">', '<Description xml:lang="de">B&#252;rstenloser Motor, 60 Nm.'],
      [
        '<ShortName>Premium-Akkuschrauber &#8222;Gr&#246;&#223;e L&#8220; mit Koffer und zwe</ShortName>',
        'Lieferung im Koffer mit Ladeger&#228;t.</Description>',
      ],
      ['B&#252;rstenloser Motor, 60 Nm.', null],
      ['Lieferung im Koffer mit Ladeger&#228;t.', null],
      ['</Description>', null],
    ],
  },
  {
    protocol: 'cxml',
    change: { cxml: { customFieldsAsExtrinsics: true } },
    changes: [
      [null, '<Extrinsic name="costCenter">4711</Extrinsic>'],
      [null, '<Extrinsic name="brand">WidgetCo</Extrinsic>'],
    ],
  },
  { protocol: 'cxml', change: { profile: 'jaggaer' } },
  { protocol: 'cxml', change: { profile: 'ariba' } },
  { protocol: 'cxml', change: { profile: 'coupa' } },
  {
    protocol: 'cxml',
    change: { mapping: { shipping: 'line' } },
    changes: [
      ['<Money currency="EUR">415.53</Money>', '<Money currency="EUR">421.43</Money>'],
      ['<Shipping>', null],
      ['<Money currency="EUR">5.90</Money>', null],
      ['<Description xml:lang="de">Paketversand</Description>', null],
      ['</Shipping>', null],
      [null, '<ItemIn quantity="1">'],
      [null, '<ItemID>'],
      [null, '<SupplierPartID>PARCEL</SupplierPartID>'],
      [null, '<SupplierPartAuxiliaryID>punchout-charge-shipping</SupplierPartAuxiliaryID>'],
      [null, '</ItemID>'],
      [null, '<ItemDetail>'],
      [null, '<UnitPrice>'],
      [null, '<Money currency="EUR">5.90</Money>'],
      [null, '</UnitPrice>'],
      [null, '<Description xml:lang="de">Paketversand</Description>'],
      [null, '<UnitOfMeasure>EA</UnitOfMeasure>'],
      [null, '<Classification domain="UNSPSC">00000000</Classification>'],
      [null, '</ItemDetail>'],
      [null, '</ItemIn>'],
    ],
    gained: ['CLASSIFICATION_MISSING'],
  },
  {
    protocol: 'cxml',
    change: { mapping: { shipping: 'none' } },
    changes: [
      ['<Shipping>', null],
      ['<Money currency="EUR">5.90</Money>', null],
      ['<Description xml:lang="de">Paketversand</Description>', null],
      ['</Shipping>', null],
    ],
  },
  {
    protocol: 'cxml',
    change: { mapping: { promotions: 'spread' } },
    changes: [
      ['<Money currency="EUR">189.90</Money>', '<Money currency="EUR">185.44</Money>'],
      ['<Money currency="EUR">0.1235</Money>', '<Money currency="EUR">0.1206</Money>'],
      ['<Money currency="EUR">4.95</Money>', '<Money currency="EUR">4.833</Money>'],
      ['<ItemIn quantity="1">', null],
      ['<ItemID>', null],
      ['<SupplierPartID>WELCOME10</SupplierPartID>', null],
      ['<SupplierPartAuxiliaryID>punchout-charge-line-4</SupplierPartAuxiliaryID>', null],
      ['</ItemID>', null],
      ['<ItemDetail>', null],
      ['<UnitPrice>', null],
      ['<Money currency="EUR">-10.00</Money>', null],
      ['</UnitPrice>', null],
      ['<Description xml:lang="de">Willkommensrabatt</Description>', null],
      ['<UnitOfMeasure>EA</UnitOfMeasure>', null],
      ['<Classification domain="UNSPSC">00000000</Classification>', null],
      ['</ItemDetail>', null],
      ['</ItemIn>', null],
    ],
    gained: ['PRICE_ROUNDED'],
    lost: ['CLASSIFICATION_MISSING', 'PRICE_NEGATIVE'],
  },
  {
    protocol: 'cxml',
    change: { mapping: { promotions: 'refuse' } },
    refused: 'The cart has a discount, and this connection takes none.',
  },
  {
    protocol: 'cxml',
    change: { mapping: { classifications: { domains: ['UNSPSC'] } } },
    changes: [['<Classification domain="eClass">21-02-02-01</Classification>', null]],
  },
  {
    protocol: 'cxml',
    change: { mapping: { classifications: { tables: { UNSPSC: { '27112702': { domain: 'UNSPSC', code: '1' } } } } } },
    changes: [
      [
        '<Classification domain="UNSPSC">27112702</Classification>',
        '<Classification domain="UNSPSC">1</Classification>',
      ],
    ],
    gained: ['UNSPSC_MALFORMED'],
  },
  {
    protocol: 'cxml',
    change: { mapping: { cxml: { 'Extrinsic.CostCenter': { from: 'request.extrinsic.CostCenter' } } } },
    changes: [
      [null, '<Extrinsic name="CostCenter">4711</Extrinsic>'],
      [null, '<Extrinsic name="CostCenter">4711</Extrinsic>'],
      [null, '<Extrinsic name="CostCenter">4711</Extrinsic>'],
      [null, '<Extrinsic name="CostCenter">4711</Extrinsic>'],
    ],
  },
  {
    protocol: 'cxml',
    change: { mapping: { cxml: { ManufacturerName: { from: 'line.manufacturerName', transforms: ['upper'] } } } },
    changes: [['<ManufacturerName>WidgetCo</ManufacturerName>', '<ManufacturerName>WIDGETCO</ManufacturerName>']],
  },
  {
    protocol: 'cxml',
    change: { mapping: { cxml: { LeadTime: { from: 'line.leadTimeDays', transforms: [{ scale: { by: '2' } }] } } } },
    changes: [
      ['<LeadTime>3</LeadTime>', '<LeadTime>6</LeadTime>'],
      ['<LeadTime>1</LeadTime>', '<LeadTime>2</LeadTime>'],
    ],
  },
  {
    protocol: 'cxml',
    change: { mapping: { cxml: { SupplierPartID: { from: 'line.sku', transforms: [{ remove: '-' }] } } } },
    changes: [
      ['<SupplierPartID>SKU-001</SupplierPartID>', '<SupplierPartID>SKU001</SupplierPartID>'],
      ['<SupplierPartID>DIN933-M8x40</SupplierPartID>', '<SupplierPartID>DIN933M8x40</SupplierPartID>'],
      ['<SupplierPartID>TAPE-50</SupplierPartID>', '<SupplierPartID>TAPE50</SupplierPartID>'],
    ],
  },
  { protocol: 'cxml', change: { idleMinutes: 30, continuePage: true, onActiveSession: 'replace' } },
  { protocol: 'oci', change: { units: { PCE: 'EA' } }, changes: [['NEW_ITEM-UNIT[3]=PCE', 'NEW_ITEM-UNIT[3]=EA']] },
  {
    protocol: 'oci',
    change: { oci: { vendor: '4711' } },
    changes: [
      [null, 'NEW_ITEM-VENDOR[1]=4711'],
      [null, 'NEW_ITEM-VENDOR[2]=4711'],
      [null, 'NEW_ITEM-VENDOR[3]=4711'],
    ],
  },
  {
    protocol: 'oci',
    change: { oci: { shippingAsLine: true } },
    changes: [
      [null, 'NEW_ITEM-DESCRIPTION[4]=Paketversand'],
      [null, 'NEW_ITEM-QUANTITY[4]=1.000'],
      [null, 'NEW_ITEM-UNIT[4]=EA'],
      [null, 'NEW_ITEM-PRICE[4]=5.900'],
      [null, 'NEW_ITEM-CURRENCY[4]=EUR'],
      [null, 'NEW_ITEM-PRICEUNIT[4]=1'],
      [null, 'NEW_ITEM-VENDORMAT[4]=PARCEL'],
      [null, 'NEW_ITEM-SERVICE[4]=X'],
      [null, 'NEW_ITEM-EXT_QUOTE_ID[4]=previewaaaaaaaaaaaaaaaaaaa'],
      [null, 'NEW_ITEM-EXT_QUOTE_ITEM[4]=4'],
    ],
    lost: ['SHIPPING_NOT_SENT'],
  },
  {
    protocol: 'oci',
    change: { oci: { alwaysPassThrough: true } },
    changes: [
      [null, '~OkCode=ADDI'],
      [null, '~TARGET=_top'],
      [null, '~CALLER=CTLG'],
    ],
  },
  {
    protocol: 'oci',
    change: { mapping: { oci: { CUST_FIELD1: { from: 'line.customFields.costCenter' } } } },
    changes: [[null, 'NEW_ITEM-CUST_FIELD1[1]=4711']],
  },
  {
    protocol: 'oci',
    change: { mapping: { oci: { MATGROUP: { fixed: 'A1' } } } },
    changes: [
      ['NEW_ITEM-MATGROUP[1]=27112702', 'NEW_ITEM-MATGROUP[1]=A1'],
      ['NEW_ITEM-MATGROUP[2]=31161501', 'NEW_ITEM-MATGROUP[2]=A1'],
      [null, 'NEW_ITEM-MATGROUP[3]=A1'],
    ],
  },
  {
    protocol: 'oci',
    change: { mapping: { promotions: 'refuse' } },
    refused: 'The cart has a discount, and this connection takes none.',
  },
  {
    protocol: 'oci',
    change: { mapping: { oci: { VENDORMAT: { from: 'line.sku', transforms: ['lower', { maxLength: 5 }] } } } },
    changes: [
      ['NEW_ITEM-VENDORMAT[1]=SKU-001', 'NEW_ITEM-VENDORMAT[1]=sku-0'],
      ['NEW_ITEM-VENDORMAT[2]=DIN933-M8x40', 'NEW_ITEM-VENDORMAT[2]=din93'],
      ['NEW_ITEM-VENDORMAT[3]=TAPE-50', 'NEW_ITEM-VENDORMAT[3]=tape-'],
    ],
  },
  {
    protocol: 'repost',
    change: { mapping: { shipping: 'line' } },
    changes: [
      [null, 'products[3][sku]=PARCEL'],
      [null, 'products[3][product_id]=punchout-charge-shipping'],
      [null, 'products[3][description]=Paketversand'],
      [null, 'products[3][quantity]=1'],
      [null, 'products[3][price]=5.90'],
      [null, 'products[3][currency]=EUR'],
      [null, 'products[3][manufacturer_name]='],
      [null, 'products[3][category_ids]='],
    ],
  },
  { protocol: 'repost', change: { repost: { codesInProductId: false } } },
  { protocol: 'repost', change: { mapping: { promotions: 'spread' } } },
];
