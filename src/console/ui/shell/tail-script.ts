/**
 * Follows the live events on a page that shows them: adds a line for each, keeps the newest 100, pauses and goes on. It
 * closes its stream while nobody sees the page, and goes on from the last event it had. Plain text, since it is served
 * as it is.
 */
export const TAIL_SCRIPT = `'use strict';
const tail = document.getElementById('tail');
if (tail !== null) {
  const MOST_LINES = 100;
  const list = tail.querySelector('ol');
  const line = tail.querySelector('template').content.firstElementChild;
  const state = tail.querySelector('[data-state]');
  const button = tail.querySelector('button');
  const empty = tail.querySelector('[data-empty]');
  let after = tail.dataset.after;
  let source;
  let isPaused = false;

  const say = (name) => {
    state.textContent = tail.dataset[name];
    state.dataset.state = name;
  };
  const add = ({ time, exact, tone, what, text, href }) => {
    const item = line.cloneNode(true);
    const [when, badge, link] = item.children;
    when.textContent = time;
    when.title = exact;
    badge.className = 'badge ' + tone;
    badge.textContent = what;
    link.textContent = text;
    if (href !== undefined) link.href = href;
    list.prepend(item);
    while (list.childElementCount > MOST_LINES) list.lastElementChild.remove();
    empty.hidden = true;
  };
  const close = () => {
    source?.close();
    source = undefined;
  };
  const end = (name) => {
    close();
    button.hidden = true;
    say(name);
  };
  const open = () => {
    if (source !== undefined || isPaused || document.hidden) return;
    const query = new URLSearchParams({ after });
    if (tail.dataset.refused !== undefined) query.set('refused', '1');
    const stream = (source = new EventSource(tail.dataset.source + '?' + query));
    const on = (name, act) =>
      stream.addEventListener(name, (event) => {
        if (stream !== source) return;
        if (event.lastEventId) after = event.lastEventId;
        act(event);
      });
    on('open', () => {
      button.hidden = false;
      say('live');
    });
    on('message', (event) => add(JSON.parse(event.data)));
    on('idle', () => undefined);
    on('gap', () => say('gap'));
    on('full', () => end('full'));
    on('error', () => (stream.readyState === EventSource.CLOSED ? end('ended') : say('lost')));
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    isPaused = !isPaused;
    button.textContent = isPaused ? button.dataset.resume : button.dataset.pause;
    if (!isPaused) return open();
    close();
    say('paused');
  });
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  open();
}
`;
