/**
 * Shows the preview of a form again after a pause in typing: sends the form to its own address, as the button "show"
 * does, and takes only the preview from the page that is answered. One request is under way at most; a newer one aborts
 * it. Plain text, since it is served as it is.
 */
export const PREVIEW_SCRIPT = `'use strict';
const preview = document.getElementById('preview');
if (preview !== null) {
  const PAUSE_MS = 400;
  const FOCUSABLE = 'summary, button, pre';
  const form = preview.closest('form');
  const told = document.getElementById('preview-told');
  let timer;
  let asked;

  const stop = () => {
    clearTimeout(timer);
    asked?.abort();
  };
  const show = (parts, text) => {
    const held = [...preview.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
    preview.replaceChildren(...parts);
    preview.removeAttribute('aria-busy');
    for (const button of preview.querySelectorAll('[data-copies]')) button.hidden = navigator.clipboard === undefined;
    if (held >= 0) preview.querySelectorAll(FOCUSABLE)[held]?.focus({ preventScroll: true });
    told.textContent = text;
  };
  const fail = () => {
    const line = document.createElement('p');
    line.className = 'say bad';
    line.textContent = told.dataset.failed;
    show([line], told.dataset.failed);
  };
  const ask = async () => {
    const { signal } = (asked = new AbortController());
    preview.setAttribute('aria-busy', 'true');
    const body = new URLSearchParams(new FormData(form));
    body.set('do', 'show');
    let fresh = null;
    try {
      const answer = await fetch(form.action, { method: 'POST', body, signal });
      fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('preview');
    } catch {
      // Shown below, unless it was aborted.
    }
    if (signal.aborted) return;
    if (fresh === null) fail();
    else show(fresh.childNodes, fresh.dataset.told);
  };
  form.addEventListener('input', ({ target }) => {
    // What is wrong now stands in the preview.
    document.getElementById(target.name + '-fault')?.remove();
    target.removeAttribute('aria-invalid');
    stop();
    timer = setTimeout(ask, PAUSE_MS);
  });
  form.addEventListener('submit', stop);
}
`;
