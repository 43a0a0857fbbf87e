import type { XmlElement } from '../../xml/xml-element.js';
import type { AttributeRule } from './content-models.js';
import type { CxmlFinding } from './cxml-finding.js';

export interface IdUse {
  defined: Set<string>;
  referenced: { id: string; element: XmlElement }[];
}

const NMTOKEN = /^[\w.:\u00b7\u00c0-\uffff-]+$/;
const NAME = /^[A-Za-z_:\u00c0-\uffff][\w.:\u00b7\u00c0-\uffff-]*$/;

/** Required, unknown, and wrongly valued attributes of one element; collects its IDs. */
export function checkAttributes(
  element: XmlElement,
  rules: ReadonlyMap<string, AttributeRule>,
  findings: CxmlFinding[],
  ids: IdUse,
): void {
  const report = (error: string): void => {
    findings.push({
      line: element.line,
      column: element.column,
      element: element.name,
      error: `Element '${element.name}': ${error}`,
      severity: 'error',
    });
  };
  for (const [name, rule] of rules)
    if (rule.required && element.rawAttribute(name) === undefined) report(`Missing attribute '${name}'`);
  for (const { name, value } of element.attributes) {
    const rule = rules.get(name);
    if (rule === undefined) report(`There is no attribute '${name}'`);
    else checkValue(name, value, rule, report);
    if (rule?.kind === 'IDREF') ids.referenced.push({ id: value, element });
    if (rule?.kind === 'ID') {
      if (ids.defined.has(value)) report(`The ID in '${name}' is used twice`);
      ids.defined.add(value);
    }
  }
}

function checkValue(name: string, value: string, rule: AttributeRule, report: (error: string) => void): void {
  if (rule.values?.includes(value) === false) report(`Attribute '${name}' must be one of ${rule.values.join(', ')}`);
  if (rule.kind === 'NMTOKEN' && !NMTOKEN.test(value)) report(`Attribute '${name}' is not a name token`);
  if ((rule.kind === 'ID' || rule.kind === 'IDREF') && !NAME.test(value)) report(`Attribute '${name}' is not a name`);
}
