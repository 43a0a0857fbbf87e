import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DtdValidator, XmlDocument, XmlDtd } from 'libxml2-wasm';
import { describeWithReference, hasReference, referencePath } from '../../support/reference.js';

const CXML = referencePath('cxml');

/** `describe` for tests that need the official DTDs or the samples. */
export const describeWithDtds = describeWithReference('cxml');

export interface Sample {
  file: string;
  type: string;
  text: string;
  bytes: Uint8Array;
  /** Verdict of the official DTD 1.2.071, from INDEX.tsv. */
  valid: boolean;
  /** The DTD of 1.2.071 that validates it. */
  dtd: 'cXML' | 'Fulfill' | 'InvoiceDetail';
}

export function samples(): Sample[] {
  if (!hasReference('cxml')) return [];
  const folder = join(CXML, 'samples');
  const listed = new Map(
    readFileSync(join(folder, 'INDEX.tsv'), 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => [line.split('\t')[0], line.split('\t')[5]]),
  );
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: type }) => readdirSync(join(folder, type)).map((file) => ({ type, file: `${type}/${file}` })))
    .map(({ type, file }) => {
      const bytes = readFileSync(join(folder, file));
      const dtd = /^(Confirmation|ShipNotice)/.test(type)
        ? 'Fulfill'
        : type.startsWith('InvoiceDetail')
          ? 'InvoiceDetail'
          : 'cXML';
      return {
        file,
        type,
        bytes,
        text: bytes.toString('utf8').replace(/^\ufeff/, ''),
        valid: listed.get(file) === 'yes',
        dtd,
      };
    });
}

const validators = new Map<string, DtdValidator>();

/** Verdict of the official DTD, by libxml2: '' if valid, else the first message. */
export function officialVerdict(text: string, version: string, dtd: Sample['dtd'] = 'cXML'): string {
  const path = join(CXML, 'dtd', version, `${dtd}.dtd`);
  let validator = validators.get(path);
  if (validator === undefined) {
    validator = new DtdValidator(XmlDtd.fromString(readFileSync(path, 'utf8')));
    validators.set(path, validator);
  }
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromString(text);
    validator.validate(document);
    return '';
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message || 'invalid' : 'invalid';
  } finally {
    document?.dispose();
  }
}

/** Runs of a property; more with `PROOF=1`. */
export const RUNS = process.env['PROOF'] === undefined ? 300 : 10_000;
