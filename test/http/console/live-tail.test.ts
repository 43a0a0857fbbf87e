import { request } from 'node:http';
import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { postXml, setupXml, callUp } from '../../support/call-ups.js';
import { describeShop, type RunningShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import type { WebClient } from '../../support/web-client.js';
import { PASSWORD, addOperators, emailOf, idOf, signedIn } from './console-visitor.js';

/** One block of a stream. */
interface Block {
  id?: string;
  event?: string;
  data?: string;
}

interface Listening {
  status: number;
  type: string;
  blocks: Block[];
  ended: () => boolean;
  close: () => void;
}

const open = new Set<() => void>();
afterEach(() => {
  for (const close of open) close();
  open.clear();
});

/** Reads a stream of the console as EventSource does. */
function listen({ cookies }: WebClient, url: string, headers: Record<string, string> = {}): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked = request(url, { headers: { accept: 'text/event-stream', cookie, ...headers } }, (response) => {
      let text = '';
      let ended = false;
      const listening: Listening = {
        status: response.statusCode ?? 0,
        type: response.headers['content-type'] ?? '',
        blocks: [],
        ended: () => ended,
        close: () => asked.destroy(),
      };
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const parts = text.split('\n\n');
        text = parts.pop() ?? '';
        for (const part of parts)
          listening.blocks.push(
            Object.fromEntries(
              part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
            ),
          );
      });
      for (const name of ['end', 'close', 'error']) response.on(name, () => (ended = true));
      open.add(listening.close);
      resolve(listening);
    });
    asked.on('error', reject);
    asked.end();
  });
}

const textsOf = ({ blocks }: Listening): string[] =>
  blocks.flatMap(({ data, event }) =>
    data === undefined || event !== undefined ? [] : [String(JSON.parse(data).text)],
  );

describeShop('the live tail of the console', {}, (shop) => {
  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
  });
  const url = (query = ''): string => `${shop().url}/console/events${query}`;
  const refuse = (mark: string): Promise<unknown> =>
    postXml(shop().browser(), setupXml({ returnUrl: `https://elsewhere.example/${mark}` }));

  it('the page shows the newest events, and where the script goes on', async () => {
    await refuse('page');
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const { text, headers } = await viewer.get('');
    expect(text).toContain('https://elsewhere.example/page');
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
    expect((await viewer.get('/sessions')).headers['content-security-policy']).not.toContain('connect-src');
    const [, place = ''] = /data-after="([^"]*)"/.exec(text) ?? [];
    await refuse('after-page');
    const stream = await listen(viewer.browser, url(`?after=${encodeURIComponent(place)}`));
    await until(async () => textsOf(stream).length > 0);
    expect(textsOf(stream)).toEqual([expect.stringContaining('https://elsewhere.example/after-page')]);
  });

  it('only refusals, on the page and in the stream', async () => {
    await callUp(shop(), { buyerCookie: 'filtered' });
    await refuse('filtered');
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const { text } = await viewer.get('?tail=refused');
    expect(text).toContain('data-refused');
    expect(text).not.toContain('<span class="badge quiet">Call-up</span>');
    const stream = await listen(viewer.browser, url('?refused=1'));
    await callUp(shop(), { buyerCookie: 'filtered again' });
    await refuse('filtered-again');
    await until(async () => textsOf(stream).length > 0);
    expect(textsOf(stream)).toEqual([expect.stringContaining('https://elsewhere.example/filtered-again')]);
  });

  it('addresses of clients are for those who may see documents', async () => {
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const streams = [await listen(viewer.browser, url()), await listen(engineer.browser, url())];
    await refuse('addressed');
    await until(async () => streams.every((stream) => textsOf(stream).length > 0));
    expect(streams.map((stream) => textsOf(stream).join().includes('from 127.0.0.1'))).toEqual([false, true]);
    expect((await viewer.get('')).text).not.toContain('from 127.0.0.1');
    expect((await engineer.get('')).text).toContain('from 127.0.0.1');
  });

  it('nothing of another tenant', async () => {
    const rival = await signedIn(shop(), emailOf('owner', 'rival'));
    const stream = await listen(rival.browser, url());
    const own = await listen((await signedIn(shop(), emailOf('owner'))).browser, url());
    await refuse('not-for-rivals');
    await until(async () => textsOf(own).length > 0);
    expect(textsOf(stream)).toEqual([]);
    expect((await rival.get('')).text).not.toContain('not-for-rivals');
  });

  it.each([
    ['a sign-out', 'engineer', (_: RunningShop, leave: () => Promise<unknown>) => leave()],
    [
      'another role',
      'viewer',
      ({ connector }: RunningShop) => connector.directory.operators.setRole('demo', idOf('viewer'), 'engineer'),
    ],
    [
      'a disabled operator',
      'owner',
      ({ connector }: RunningShop) => connector.directory.operators.setDisabled('demo', idOf('owner'), true),
    ],
  ] as const)('%s ends the stream before the next event', async (_, role, end) => {
    await shop().connector.directory.operators.setRole('demo', idOf(role), role);
    await shop().connector.directory.operators.setDisabled('demo', idOf(role), false);
    const operator = await signedIn(shop(), emailOf(role), PASSWORD);
    const stream = await listen(operator.browser, url());
    expect([stream.status, stream.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const cookies = new Map(operator.browser.cookies);
    await end(shop(), () => operator.post('/sign-out'));
    await refuse('after-the-end');
    await until(async () => stream.ended());
    expect(textsOf(stream)).toEqual([]);
    const again = await listen({ cookies } as WebClient, url());
    expect(again.status).toBe(303);
    await shop().connector.directory.operators.setRole('demo', idOf(role), role);
    await shop().connector.directory.operators.setDisabled('demo', idOf(role), false);
  });

  it('an operator has five streams at once; one more is told so and ended, until one is closed', async () => {
    const operator = await signedIn(shop(), emailOf('owner'));
    const streams = [];
    for (let index = 0; index < 5; index += 1) streams.push(await listen(operator.browser, url()));
    const isRefused = async (): Promise<boolean> => {
      const next = await listen(operator.browser, url());
      await until(async () => next.blocks.length > 0);
      return next.blocks[0]?.event === 'full';
    };
    const sixth = await listen(operator.browser, url());
    await until(async () => sixth.ended());
    expect(sixth.blocks).toEqual([{ event: 'full', data: '{}' }]);
    for (const [language, text] of [
      ['en', 'you may have 5. Close one of them, then reload this page.'],
      ['de', '5 dürfen Sie haben. Schließen Sie eine davon'],
    ] as const)
      expect((await operator.browser.get('/console', { 'accept-language': language })).text).toContain(text);
    streams[0]?.close();
    await until(async () => !(await isRefused()));
  });
});
