import { parse } from 'csv-parse/sync';
import { readXml } from './read-xml-simply.js';

/** An item as a buyer's system reads it from a file, by readers that share no code with the writers. */
export interface ReadItem {
  id: string;
  auxiliaryId: string;
  price: string;
  currency: string;
  unit: string;
  text: string;
}

export const READERS: Record<string, (file: string) => ReadItem[]> = { cxml, cif, jaggaer, oracle, oci };

function cxml(file: string): ReadItem[] {
  return readXml(file).map((item) => ({
    id: item('SupplierPartID'),
    auxiliaryId: item('SupplierPartAuxiliaryID'),
    price: item('Money') || item('Extrinsic', 'UnitPrice'),
    currency: item('Extrinsic', 'Currency'),
    unit: item('UnitOfMeasure') || item('Extrinsic', 'UnitOfMeasure'),
    text: item('Description'),
  }));
}

/** By the public description of CIF 3.0: header lines, DATA, comma-separated lines, ENDOFDATA. */
function cif(file: string): ReadItem[] {
  const lines = file.split('\r\n');
  const [data, end] = [lines.indexOf('DATA'), lines.indexOf('ENDOFDATA')];
  if (lines[0] !== 'CIF_I_V3.0' || data < 0 || end !== lines.length - 2) throw new Error('no CIF 3.0');
  const header = new Map(lines.slice(1, data).map((line) => line.split(/: (.*)/s, 2) as [string, string]));
  const names = (header.get('FIELDNAMES') ?? '').split(', ');
  const rows = lines.slice(data + 1, end).map(cifFields);
  if (rows.length !== Number(header.get('ITEMCOUNT'))) throw new Error('ITEMCOUNT is wrong');
  if (rows.some((row) => row.length !== names.length)) throw new Error('a line has another number of fields');
  return rows.map((row) => {
    const value = (name: string): string => row[names.indexOf(name)] ?? '';
    return {
      id: value('Supplier Part ID'),
      auxiliaryId: value('Supplier Part Auxiliary ID'),
      price: value('Unit Price'),
      currency: value('Currency'),
      unit: value('Unit of Measure'),
      text: value('Item Description'),
    };
  });
}

function cifFields(line: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] !== '"') throw new Error(`a field is not quoted: ${line.slice(at, at + 20)}`);
    let text = '';
    for (at += 1; line[at] !== '"' || line[at + 1] === '"'; at += 1) {
      if (at >= line.length) throw new Error('an open quote');
      if (line[at] === '"') at += 1;
      text += line[at];
    }
    fields.push(text);
    at += 2;
  }
  return fields;
}

function jaggaer(file: string): ReadItem[] {
  return table(file, ',').map((row) => ({
    id: row['Part Number'] ?? '',
    auxiliaryId: row['Supplier Part Auxiliary ID'] ?? '',
    price: row['List Price'] ?? '',
    currency: row['Currency'] ?? '',
    unit: row['Packaging UOM'] ?? '',
    text: row['Product Description'] ?? '',
  }));
}

function oracle(file: string): ReadItem[] {
  return table(file, '\t').map((row) => ({
    id: row['Supplier Item'] ?? '',
    auxiliaryId: row['Supplier Item Auxiliary Identifier'] ?? '',
    price: row['Price or Amount'] ?? '',
    currency: row['Currency'] ?? '',
    unit: row['UOM'] ?? '',
    text: row['Item Description'] ?? '',
  }));
}

function table(file: string, delimiter: string): Record<string, string>[] {
  return parse<Record<string, string>>(file, {
    delimiter,
    columns: true,
    quote: delimiter === ',' ? '"' : null,
    record_delimiter: '\r\n',
  });
}

function oci(file: string): ReadItem[] {
  // As text: a price must not become a float.
  const { TOTALITEMS, Items } = JSON.parse(file.replaceAll(/"PRICE":([\d.]+)/g, '"PRICE":"$1"')) as {
    TOTALITEMS: number;
    Items: { NEWITEM: Record<string, string> & { DESCRIPTION: { description: string }[] } }[];
  };
  if (TOTALITEMS !== Items.length) throw new Error('TOTALITEMS is wrong');
  return Items.map(({ NEWITEM: item }) => ({
    id: item['EXT_PRODUCT_ID'] ?? '',
    auxiliaryId: '',
    price: item['PRICE'] ?? '',
    currency: item['CURRENCY'] ?? '',
    unit: item['UNIT'] ?? '',
    text: item.DESCRIPTION[0]?.description ?? '',
  }));
}
