import { askBody } from './page/ask-body.js';
import { page } from './page/layout.js';
import { type Language, TEXTS } from './texts.js';

/** Answer to an OCI call-up (source 002): sends the browser on to the start URL, with a link where refreshing is switched off. */
export function ociRedirectPage({ startUrl, language }: { startUrl: string; language: Language }): string {
  const { title, text, link } = TEXTS[language].redirect;
  return page({
    language,
    title,
    refreshTo: startUrl,
    tellsOrigin: true,
    body: askBody({ title, sentences: [text], link: { href: startUrl, label: link, primary: true } }),
  });
}
