import type { CxmlVersion } from '../../../domain/access/connection.js';
import { ContentModel } from './content-model.js';
import { CXML_1_2_014, CXML_1_2_050, CXML_1_2_071, FULFILL_1_2_071, INVOICE_DETAIL_1_2_071 } from './cxml-elements.js';

export interface AttributeRule {
  required: boolean;
  /** Allowed values; undefined: any text. */
  values?: readonly string[];
  kind: 'text' | 'NMTOKEN' | 'ID' | 'IDREF';
}

export interface ElementRule {
  content: ContentModel;
  attributes: ReadonlyMap<string, AttributeRule>;
}

/** Facts of one DTD. Names that occur only in content models are declared, but not described: see `mentions`. */
export interface ContentModels {
  rules: ReadonlyMap<string, ElementRule>;
  mentions: ReadonlySet<string>;
}

/**
 * Tables of facts; later ones override earlier ones. One line per element: `Name = content model ; attributes`. An
 * attribute is `name`, `name!` (required), `name(a|b)` (one of these) or `name:ID`. `- A B` removes elements.
 */
const TABLES: Record<CxmlVersion, { cxml: readonly string[]; others: readonly (readonly string[])[] }> = {
  '1.2.014': { cxml: [CXML_1_2_014], others: [] },
  '1.2.050': { cxml: [CXML_1_2_014, CXML_1_2_050], others: [] },
  '1.2.071': {
    cxml: [CXML_1_2_014, CXML_1_2_050, CXML_1_2_071],
    others: [[FULFILL_1_2_071], [INVOICE_DETAIL_1_2_071]],
  },
};

/** cXML.dtd, and the DTDs of the other document types that we know. */
export interface VersionModels {
  cxml: ContentModels;
  others: readonly ContentModels[];
}

const built = new Map<CxmlVersion, VersionModels>();

/** Built on first use. */
export function contentModels(version: CxmlVersion): VersionModels {
  let models = built.get(version);
  if (models === undefined) {
    const { cxml, others } = TABLES[version];
    models = { cxml: build(cxml), others: others.map((tables) => build([...cxml, ...tables])) };
    built.set(version, models);
  }
  return models;
}

function build(tables: readonly string[]): ContentModels {
  const lines = new Map<string, string>();
  for (const line of tables.join('\n').split('\n')) {
    if (line.startsWith('- ')) for (const name of line.slice(2).split(' ')) lines.delete(name);
    else if (line !== '') lines.set(line.slice(0, line.indexOf(' = ')), line.slice(line.indexOf(' = ') + 3));
  }
  const rules = new Map<string, ElementRule>();
  const mentions = new Set<string>();
  for (const [name, facts] of lines) {
    const [model = '', attributes = ''] = facts.split(' ; ');
    const content = new ContentModel(model);
    for (const child of content.names) mentions.add(child);
    rules.set(name, { content, attributes: new Map(attributes.split(' ').filter(Boolean).map(attributeRule)) });
  }
  return { rules, mentions };
}

const ATTRIBUTE = /^([^(!]+?)(?::(NMTOKEN|ID|IDREF))?(?:\(([^)]*)\))?(!?)$/;

function attributeRule(fact: string): [string, AttributeRule] {
  const [, name, kind, values, required] = ATTRIBUTE.exec(fact) ?? [];
  if (name === undefined) throw new SyntaxError(`not an attribute fact: ${fact}`);
  const rule: AttributeRule = {
    required: required === '!',
    kind: kind === 'NMTOKEN' || kind === 'ID' || kind === 'IDREF' ? kind : 'text',
  };
  if (values !== undefined) rule.values = values.split('|');
  return [name, rule];
}
