import type { CxmlVersion } from '../../../domain/access/connection.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { readXml } from '../../xml/read-xml.js';
import { CHECK_LIMITS } from '../cxml-document.js';
import { checkAttributes, type IdUse, checkRules, type CxmlFinding } from './check-rules.js';
import type { ContentModel } from './content-model.js';
import { type ContentModels, contentModels, type VersionModels } from './content-models.js';

/**
 * Validates a document against our own tables of the DTD. An empty list means valid, apart from warnings. If our tables
 * describe every element, the result equals that of the official DTD. Elements that the DTD has but our tables do not
 * describe are accepted. Warnings are rules that no DTD can check (cxml.md 1.5, 1.6, 7).
 */
export function checkCxmlDocument(text: string, version: CxmlVersion): CxmlFinding[] {
  const tree = readXml(text, CHECK_LIMITS);
  if (!tree.ok) {
    const { line, column, error } = tree.refusal.details ?? {};
    return [{ line: Number(line), column: Number(column), element: '', error: String(error), severity: 'error' }];
  }
  const root = tree.value;
  if (root.name !== 'cXML') return [finding(root, `Element '${root.name}': the root must be 'cXML'`)];
  const findings: CxmlFinding[] = [];
  const ids: IdUse = { defined: new Set(), referenced: [] };
  checkElement(root, dtdOf(root, contentModels(version)), findings, ids);
  for (const { id, element } of ids.referenced) {
    if (!ids.defined.has(id))
      findings.push(finding(element, `Element '${element.name}': refers to an ID that is not in the document`));
  }
  return [...findings, ...checkRules(root)];
}

/** The DTD for the document: the first whose Request or Message knows the payload, else cXML.dtd. */
function dtdOf(root: XmlElement, { cxml, others }: VersionModels): ContentModels {
  const body = root.child('Request') ?? root.child('Message');
  const payload = body?.children.find(({ name }) => name !== 'Status')?.name;
  if (body === undefined || payload === undefined) return cxml;
  return [cxml, ...others].find(({ rules }) => rules.get(body.name)?.content.names.has(payload)) ?? cxml;
}

function checkElement(element: XmlElement, dtd: ContentModels, findings: CxmlFinding[], ids: IdUse): void {
  const rule = dtd.rules.get(element.name);
  if (rule === undefined) {
    if (!dtd.mentions.has(element.name)) findings.push(finding(element, `Element '${element.name}': unknown element`));
    return;
  }
  checkAttributes(element, rule.attributes, findings, ids);
  checkContent(element, rule.content, findings);
  for (const child of element.children) checkElement(child, dtd, findings, ids);
}

function checkContent(element: XmlElement, content: ContentModel, findings: CxmlFinding[]): void {
  const { name, children, text } = element;
  if (content.kind === 'ANY') return;
  if (content.kind === 'EMPTY') {
    if (children.length > 0 || text !== '') findings.push(finding(element, `Element '${name}': must be empty`));
  } else if (content.kind === 'mixed') {
    const stranger = children.find((child) => !content.names.has(child.name));
    if (stranger !== undefined)
      findings.push(finding(stranger, `Element '${stranger.name}': not allowed in '${name}'`));
  } else {
    if (/[^ \t\r\n]/.test(text)) findings.push(finding(element, `Element '${name}': text is not allowed`));
    const misfit = content.misfit(children.map((child) => child.name));
    if (misfit === undefined) return;
    const child = children[misfit.index];
    if (misfit.missing !== undefined || child === undefined) {
      const missing = misfit.missing === undefined ? listed(misfit.expected) : `'${misfit.missing}'`;
      findings.push(finding(element, `Element '${name}': Missing child element ${missing}`));
    } else {
      const instead =
        misfit.expected.length === 0 ? `'${name}' ends before it` : `expected is ${listed(misfit.expected)}`;
      findings.push(finding(child, `Element '${child.name}': not allowed here in '${name}'; ${instead}`));
    }
  }
}

function listed(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(' or ');
}

function finding({ line, column, name }: XmlElement, error: string): CxmlFinding {
  return { line, column, element: name, error, severity: 'error' };
}
