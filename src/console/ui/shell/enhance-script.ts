/**
 * What a person gets with JavaScript, and can do without: buttons that copy a document, and `/` to reach the search.
 * Plain text, since it is served as it is; it changes nothing but the page.
 */
export const ENHANCE_SCRIPT = `'use strict';
for (const button of document.querySelectorAll('[data-copies]')) button.hidden = navigator.clipboard === undefined;
document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-copies]') : null;
  if (button === null) return;
  const lines = document.getElementById(button.dataset.copies)?.querySelectorAll('.l') ?? [];
  const text = [...lines].map(({ textContent }) => textContent).join('');
  await navigator.clipboard.writeText(text).catch(() => undefined);
  button.setAttribute('data-done', '');
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.matches('input, select, textarea')) return;
  const search = document.querySelector('.top input[type=search]');
  if (search === null) return;
  event.preventDefault();
  search.focus();
});
`;
