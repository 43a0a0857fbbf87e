import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { TICKS_SCRIPT } from '../../src/console/ui/shell/ticks-script.js';

interface Shown {
  times: readonly string[];
  isDone?: boolean;
}

interface Steps {
  dataset: { done?: string };
  querySelectorAll(): { dateTime: string }[];
  childNodes: readonly string[];
}

const stepsOf = ({ times, isDone = false }: Shown): Steps => ({
  dataset: isDone ? { done: '' } : {},
  querySelectorAll: () => times.map((dateTime) => ({ dateTime })),
  childNodes: times,
});

/** As much of a page as the script touches; journeys have the rest. `answers`: what each look finds. */
function openPage(served: Shown, answers: (Shown | 'over' | 'away' | 'other page')[]) {
  const timers: (() => Promise<void>)[] = [];
  const shown: string[][] = [];
  const page = { hidden: false, asked: 0 };
  let now = served;
  const ticks = {
    ...stepsOf(served),
    querySelectorAll: () => stepsOf(now).querySelectorAll(),
    replaceChildren: (...parts: string[]) => {
      shown.push(parts);
      now = { times: parts };
    },
  };
  runInNewContext(TICKS_SCRIPT, {
    document: {
      getElementById: () => ticks,
      get hidden() {
        return page.hidden;
      },
    },
    location: { href: 'https://shop.example/console/handed-over' },
    fetch: async () => {
      const answer = answers[page.asked] ?? 'away';
      page.asked += 1;
      if (answer === 'away') throw new TypeError('Failed to fetch');
      return { status: answer === 'over' ? 404 : 200, text: async () => answer };
    },
    DOMParser: class {
      parseFromString(text: Shown | string) {
        return { getElementById: () => (typeof text === 'string' ? null : stepsOf(text)) };
      }
    },
    setTimeout: (act: () => Promise<void>) => timers.push(act),
  });
  /** False: the script has ended. */
  const look = async (): Promise<boolean> => {
    const act = timers.shift();
    await act?.();
    return act !== undefined;
  };
  return { page, shown, look };
}

it('shows steps only when one more is done, and ends when all are', async () => {
  const [first, both] = [['10:00'], ['10:00', '10:05']];
  const { shown, look, page } = openPage({ times: [] }, [
    { times: [] },
    { times: first },
    'away',
    'other page',
    { times: both, isDone: true },
  ]);
  while (await look());
  expect({ shown, asked: page.asked }).toEqual({ shown: [first, both], asked: 5 });
});

it('asks nothing while nobody sees the page, and ends with the session', async () => {
  const { shown, look, page } = openPage({ times: [] }, ['over']);
  page.hidden = true;
  await look();
  await look();
  expect(page.asked).toBe(0);
  page.hidden = false;
  while (await look());
  expect({ shown, asked: page.asked }).toEqual({ shown: [], asked: 1 });
});

it('asks nothing when all steps were done before', async () => {
  const { look } = openPage({ times: ['10:00'], isDone: true }, []);
  expect(await look()).toBe(false);
});
