import { XmlDocument, XmlElement } from 'libxml2-wasm';

/** What a document says, by a parser that is not ours: names with namespaces, attributes in order of their names, texts; layout is left out. */
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
