import { XmlDocument, XmlElement } from 'libxml2-wasm';

/**
 * The content of a document, from another parser: names with namespaces, attributes sorted by name, texts; without
 * layout.
 */
export function canonicalXml(text: string): unknown {
  const document = XmlDocument.fromString(text);
  try {
    return canonical(document.root);
  } finally {
    document.dispose();
  }
}

function canonical(element: XmlElement): unknown {
  const children: unknown[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) children.push(canonical(node));
    else if (node.content.trim() !== '') children.push(node.content);
  }
  const attributes = element.attrs
    .map(({ name, namespaceUri, content }) => `${namespaceUri}|${name}=${content}`)
    .toSorted();
  return { name: `${element.namespaceUri}|${element.name}`, attributes, children };
}
