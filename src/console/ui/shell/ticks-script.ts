/**
 * Keeps the steps of an acceptance up to date: reads the page again every few seconds while somebody sees it, and shows
 * its steps if they have changed. It ends when all are done, or when the session is over. Plain text, since it is
 * served as it is.
 */
export const TICKS_SCRIPT = `'use strict';
const ticks = document.getElementById('ticks');
if (ticks !== null) {
  const EVERY_MS = 4000;
  const OVER = 404;
  const timesOf = (part) => [...part.querySelectorAll('time')].map(({ dateTime }) => dateTime).join();
  const look = async () => {
    try {
      if (!document.hidden) {
        const answer = await fetch(location.href);
        if (answer.status === OVER) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('ticks');
        if (fresh !== null && timesOf(fresh) !== timesOf(ticks)) ticks.replaceChildren(...fresh.childNodes);
        if (fresh?.dataset.done !== undefined) return;
      }
    } catch {
      // The next look may find the server again.
    }
    setTimeout(look, EVERY_MS);
  };
  if (ticks.dataset.done === undefined) setTimeout(look, EVERY_MS);
}
`;
