import { runInNewContext } from 'node:vm';
import { beforeEach, expect, it } from '@jest/globals';
import { PREVIEW_SCRIPT } from '../../src/console/ui/shell/preview-script.js';

/** A request of the script; answered when the test says so. */
interface Asked {
  url: string;
  body: string;
  signal: AbortSignal;
  answer: (told: string | undefined) => void;
  fail: () => void;
}

/** As much of a page as the script touches; journeys have the rest. */
function openPage() {
  const asked: Asked[] = [];
  const timers: (() => void)[] = [];
  const told = { dataset: { failed: 'it failed' }, textContent: '' };
  const fields = { seen: 'x', do: 'add' };
  const attributes = new Set<string>();
  const form = Object.assign(new EventTarget(), { action: '/console/connections/erp/mapping' });
  const preview = {
    parts: ['as served'] as unknown,
    closest: () => form,
    querySelectorAll: () => [],
    setAttribute: (name: string) => void attributes.add(name),
    removeAttribute: (name: string) => void attributes.delete(name),
    replaceChildren: (...parts: unknown[]) => void (preview.parts = parts),
  };
  const elements: Record<string, unknown> = { preview, 'preview-told': told };
  runInNewContext(PREVIEW_SCRIPT, {
    AbortController,
    URLSearchParams,
    FormData: class {
      *[Symbol.iterator]() {
        yield* Object.entries(fields);
      }
    },
    DOMParser: class {
      parseFromString(text: string) {
        return { getElementById: () => (text === '' ? null : { childNodes: [text], dataset: { told: text } }) };
      }
    },
    document: {
      getElementById: (id: string) => elements[id] ?? null,
      createElement: () => ({}),
    },
    navigator: {},
    setTimeout: (act: () => void) => timers.push(act),
    clearTimeout: (id: number | undefined) => void (id !== undefined && (timers[id - 1] = () => undefined)),
    fetch: (url: string, { body, signal }: { body: URLSearchParams; signal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        asked.push({
          ...{ url, body: String(body), signal },
          answer: (text) => resolve({ text: () => Promise.resolve(text ?? '') }),
          fail: () => reject(new TypeError('no network')),
        });
      }),
  });
  const send = (type: string): void => {
    const event = new Event(type);
    Object.defineProperty(event, 'target', { value: { name: 'sources.0', removeAttribute: () => undefined } });
    form.dispatchEvent(event);
  };
  return {
    ...{ asked, told, preview, fields },
    isBusy: () => attributes.has('aria-busy'),
    type: () => send('input'),
    submit: () => send('submit'),
    /** The pause is over. */
    wait: async () => {
      for (const act of timers.splice(0)) act();
      await settled();
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

let page: ReturnType<typeof openPage>;
beforeEach(() => void (page = openPage()));

it('asks once after a pause in typing, for the preview of the whole form', async () => {
  for (let key = 0; key < 5; key += 1) page.type();
  expect(page.asked).toEqual([]);
  await page.wait();
  expect(page.asked.map(({ url, body }) => [url, body])).toEqual([
    ['/console/connections/erp/mapping', 'seen=x&do=show'],
  ]);
  expect(page.isBusy()).toBe(true);
  page.asked[0]?.answer('fresh');
  await settled();
  expect([page.preview.parts, page.told.textContent, page.isBusy()]).toEqual([['fresh'], 'fresh', false]);
});

it('one request is under way at most: typing aborts the earlier one, whose late answer is dropped', async () => {
  page.type();
  await page.wait();
  page.type();
  expect(page.asked.map(({ signal }) => signal.aborted)).toEqual([true]);
  await page.wait();
  expect(page.asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  page.asked[1]?.answer('newer');
  await settled();
  page.asked[0]?.answer('older');
  await settled();
  expect(page.preview.parts).toEqual(['newer']);
});

it('a late failure of an aborted request says nothing', async () => {
  page.type();
  await page.wait();
  page.type();
  page.asked[0]?.fail();
  await settled();
  expect([page.preview.parts, page.told.textContent]).toEqual([['as served'], '']);
});

it.each([
  ['without network', (asked: Asked | undefined) => asked?.fail()],
  ['and an answer without a preview', (asked: Asked | undefined) => asked?.answer(undefined)],
])('%s, the place of the preview says that it failed; the next edit asks again', async (_, end) => {
  page.type();
  await page.wait();
  end(page.asked[0]);
  await settled();
  expect(page.preview.parts).toEqual([{ className: 'say bad', textContent: 'it failed' }]);
  expect([page.told.textContent, page.isBusy()]).toEqual(['it failed', false]);
  page.type();
  await page.wait();
  page.asked[1]?.answer('again');
  await settled();
  expect(page.preview.parts).toEqual(['again']);
});

it('a pressed button ends it: nothing is asked, and what is under way is aborted', async () => {
  page.type();
  await page.wait();
  page.type();
  page.submit();
  await page.wait();
  expect(page.asked.map(({ signal }) => signal.aborted)).toEqual([true]);
});
