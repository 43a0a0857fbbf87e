/**
 * What `/docs` does with JavaScript: the search filters while one types, a link unfolds its operation, and forms call
 * this server. The key that a person types stays in its field. Plain text, since it is served as it is.
 */
export const DOCS_SCRIPT = `'use strict';
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
for (const one of all('[data-tries]')) one.hidden = false;

const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target?.closest('details');
  if (!folded) return;
  folded.open = true;
  folded.scrollIntoView();
};
addEventListener('hashchange', unfold);
unfold();

const search = document.querySelector('[data-search]');
search.addEventListener('input', () => {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let found = 0;
  for (const one of all('[data-find]')) {
    one.hidden = !words.every((word) => one.dataset.find.includes(word));
    if (!one.hidden) found += 1;
  }
  for (const section of all('[data-section]')) section.hidden = !all('[data-find]', section).some((one) => !one.hidden);
  document.querySelector('[data-none]').hidden = found > 0;
});

const key = document.querySelector('[data-key]');
const element = (name, text, className = '') => {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
};
const readable = (text, type) => {
  if (!/json/.test(type)) return text;
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
};
const call = async (form) => {
  const { method, path, proof } = form.dataset;
  const headers = {};
  const query = new URLSearchParams();
  let address = path;
  for (const { value, dataset: { place, name } } of all('[data-place]', form)) {
    if (place === 'path') address = address.replace('{' + name + '}', encodeURIComponent(value));
    else if (value !== '' && place === 'query') query.set(name, value);
    else if (value !== '') headers[name] = value;
  }
  if (proof === 'key' && key.value !== '') headers.Authorization = 'Bearer ' + key.value;
  const body = form.querySelector('[data-body]');
  if (body !== null) headers['Content-Type'] = body.dataset.body;
  const asked = query.size > 0 ? '?' + query : '';
  const begun = performance.now();
  const answer = await fetch(address + asked, {
    method: method.toUpperCase(), headers, body: body === null ? undefined : body.value, redirect: 'manual',
  });
  const text = await answer.text();
  const ms = Math.round(performance.now() - begun);
  const said = answer.type === 'opaqueredirect' ? 'a redirect' : answer.status + ' ' + answer.statusText;
  const shown = element('pre', readable(text, answer.headers.get('content-type') ?? ''), 'type');
  shown.tabIndex = 0;
  shown.setAttribute('aria-label', 'The answer');
  const tone = answer.ok ? 'good' : 'bad';
  return [element('p', said + ', ' + ms + ' ms', 'badge ' + tone), ...(text === '' ? [] : [shown])];
};
for (const form of all('form[data-tries]'))
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const place = form.querySelector('[data-answer]');
    const failed = (error) => [element('p', String(error?.message ?? error), 'say bad')];
    place.replaceChildren(...(await call(form).catch(failed)));
  });
`;
