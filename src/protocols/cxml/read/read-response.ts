import type { XmlElement } from '../../xml/xml-element.js';
import { missingAttribute, missingChild } from '../../xml/xml-fault.js';
import type { CxmlResponse } from '../cxml-document.js';

/** Response with its Status; a PunchOutSetupResponse is found beside Status and, as source 002 nests it, inside. */
export function readResponse(response: XmlElement): CxmlResponse {
  const status = response.child('Status');
  if (status === undefined) throw missingChild(response, 'Status');
  const code = status.attribute('code');
  if (code === undefined) throw missingAttribute(status, 'code');
  const setup = [response, status]
    .flatMap((parent) => parent.children)
    .find(({ name }) => /^PunchoutSetupResponse$/i.test(name));
  const reason = status.trimmedText();
  const startUrl = setup?.descendant('StartPage', 'URL')?.trimmedText();
  return {
    code,
    text: status.attribute('text') ?? status.attribute('Text') ?? '',
    ...(reason === undefined ? {} : { reason }),
    ...(startUrl === undefined ? {} : { startUrl }),
  };
}
