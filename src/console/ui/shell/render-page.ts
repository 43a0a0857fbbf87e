import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole document as text. Everything in it is escaped by preact; there is no raw HTML. */
export function renderPage(page: VNode): string {
  return `<!DOCTYPE html>\n${renderToString(page)}\n`;
}
