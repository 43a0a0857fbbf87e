import type { XmlElement } from '../../xml/xml-element.js';

/**
 * The cXML document in a tree: its root, or, where that is something else (a SOAP envelope), the first `cXML` element
 * below it, or the first text that is XML itself (escaped, or in CDATA). The root where there is none.
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
