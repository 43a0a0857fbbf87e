import { XmlDocument, type XmlElement } from 'libxml2-wasm';

/** A function for each IndexItemPunchout that gives the text of an element in it, or of the Extrinsic of that name. */
export function readXml(file: string): ((name: string, extrinsic?: string) => string)[] {
  const document = XmlDocument.fromString(file);
  try {
    return document.find('//IndexItemPunchout').map((item) => {
      const texts = new Map<string, string>();
      for (const element of (item as XmlElement).find('.//*')) {
        const { name, content } = element as XmlElement;
        const extrinsic = (element as XmlElement).attr('name')?.value ?? '';
        texts.set(`${name} ${extrinsic}`, content);
      }
      return (name: string, extrinsic = '') => texts.get(`${name} ${extrinsic}`) ?? '';
    });
  } finally {
    document.dispose();
  }
}
