import { askBody } from './page/ask-body.js';
import { page } from './page/layout.js';
import type { Language } from './texts.js';

const ENDED = {
  en: { title: 'There is no punchout session here', text: 'Your session has ended. A cart that was not transferred before that is discarded.', next: 'To shop again, start from your procurement system.', link: 'To the shop' },
  de: { title: 'Hier ist keine Punchout-Sitzung offen', text: 'Ihre Sitzung ist beendet. Ein Warenkorb, der vorher nicht übergeben wurde, ist verworfen.', next: 'Um wieder einzukaufen, beginnen Sie in Ihrem Einkaufssystem.', link: 'Zum Shop' },
} as const;

/** After a logout without a transfer, and for a logout that found no session. Without a session no frame may show the shop (SECURITY T07), so its link opens a window. */
export function endedPage({ shopHref, language }: { shopHref: string; language: Language }): string {
  const { title, text, next, link } = ENDED[language];
  return page({ language, title, body: askBody({ title, sentences: [text, next], link: { href: shopHref, label: link, newWindow: true } }) });
}
