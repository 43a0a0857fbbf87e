import type { XmlElement } from '../../xml/xml-element.js';

/**
 * Finds the cXML document in a tree: the root, else (SOAP) the first `cXML` element below it, else the first text that
 * is XML itself (escaped, or in CDATA). Returns the root where there is none.
 */
export function documentIn(root: XmlElement): XmlElement | string {
  return isCxml(root) ? root : (find(root) ?? root);
}

function find(element: XmlElement): XmlElement | string | undefined {
  for (const child of element.children) {
    if (isCxml(child)) return child;
    const text = child.text.trimStart();
    if (text.startsWith('<')) return text;
    const found = find(child);
    if (found !== undefined) return found;
  }
  const own = element.text.trimStart();
  return own.startsWith('<') ? own : undefined;
}

function isCxml({ name }: XmlElement): boolean {
  return name.toLowerCase() === 'cxml';
}
