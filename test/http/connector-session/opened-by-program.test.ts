import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ssoUrl, transmissionOf } from '../../support/clone-calls.js';
import { callUp, idOf, isActive, rowOf, shopping } from '../../support/call-ups.js';
import { type RunningShop, describeShop } from '../../support/running-shop.js';
import { JSON_WANTED, NAVIGATION, NO_SEC_FETCH, type WebClient, plain } from '../../support/web-client.js';

const run = promisify(execFile);

/** Headers of programs that open a link without a person. */
const PROGRAMS: Record<string, Record<string, string>> = {
  curl: { accept: '*/*', 'user-agent': 'curl/8.5.0' },
  'no header at all': {},
  'a mail scanner': {
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
  },
  'a link preview': {
    accept: 'text/html',
    'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    range: 'bytes=0-32768',
  },
  'fetch of Node.js': { accept: '*/*', 'accept-language': '*', 'sec-fetch-mode': 'cors', 'user-agent': 'node' },
  'a script of another page': {
    accept: '*/*',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
  },
  'a script of another page that asks for JSON': {
    accept: 'application/json',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-dest': 'empty',
  },
  'a script of a sibling subdomain': {
    accept: 'application/json, text/plain, */*',
    'sec-fetch-site': 'same-site',
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-dest': 'empty',
  },
  'a script of a sibling subdomain that wants JSON alone': {
    accept: 'application/json',
    'sec-fetch-site': 'same-site',
    origin: 'https://blog.shop.example',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
  },
  'fetch without a site': { accept: '*/*', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
  'a script that loads the page as text': {
    accept: 'text/html',
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
  },
  axios: { accept: 'application/json, text/plain, */*', 'user-agent': 'axios/1.7.2' },
  'python-requests': { accept: '*/*', 'accept-encoding': 'gzip, deflate', connection: 'keep-alive' },
};

/** A person opens a page: first the cookie check, then the shop. */
async function arrive(client: WebClient, url: string, headers: Record<string, string> = NAVIGATION): Promise<number> {
  const probe = await client.get(url, headers);
  return (await client.get(probe.location, headers)).status;
}

describeShop('a start link that a program opens first', {}, (shop) => {
  const links: [string, (shop: RunningShop) => Promise<{ url: string; id: string }>][] = [
    [
      'start link',
      async (running) => {
        const url = await callUp(running);
        return { url, id: idOf(url) };
      },
    ],
    [
      'SSO link of a middleware',
      async (running) => {
        const url = await ssoUrl(running);
        return { url, id: transmissionOf(url) };
      },
    ],
  ];

  describe.each(links)('%s', (_, make) => {
    it.each(Object.entries(PROGRAMS))(
      "%s gets a button and claims nothing; the person's browser logs in",
      async (_name, headers) => {
        const { url, id } = await make(shop());
        for (let nth = 0; nth < 3; nth += 1) {
          const answer = await shop().browser().get(url, headers);
          expect([answer.status, answer.headers['content-type'], answer.cookies]).toEqual([
            200,
            'text/html; charset=utf-8',
            [],
          ]);
        }
        expect(await rowOf(shop(), id)).toMatchObject({ status: 'open', epoch: 0 });
        const browser = shop().browser();
        expect(await arrive(browser, url)).toBe(303);
        expect(await isActive(browser)).toBe(true);
      },
    );

    it('a browser without Sec-Fetch logs in by the button, and returns to its session without it', async () => {
      const { url } = await make(shop());
      const client = shop().browser();
      const page = await client.get(url, { ...NO_SEC_FETCH, 'accept-language': 'en' });
      expect(plain(page.text)).toMatch(/<button type="submit">Start shopping<\/button>/);
      expect((await client.submit(page, { ...NO_SEC_FETCH, origin: new URL(shop().url).origin })).status).toBe(303);
      expect(await isActive(client)).toBe(true);
      expect((await client.get(url, NO_SEC_FETCH)).status).toBe(303);
    });

    it.each([['document'], ['iframe'], ['frame'], ['embed'], ['object']])(
      'a browser logs in directly as a %s',
      async (destination) => {
        expect(
          await arrive(shop().browser(), (await make(shop())).url, {
            ...NAVIGATION,
            'sec-fetch-dest': destination,
            'sec-fetch-site': 'cross-site',
          }),
        ).toBe(303);
      },
    );

    it.each([
      ['a prefetch', { ...NAVIGATION, 'sec-purpose': 'prefetch' }],
      ['a prerendering', { ...NAVIGATION, 'sec-purpose': 'prefetch;prerender' }],
      ['an image of that address', { ...NAVIGATION, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ])('%s claims nothing', async (_name, headers) => {
      const { url, id } = await make(shop());
      expect((await shop().browser().get(url, headers)).status).toBe(204);
      expect((await shop().browser().send(url, { method: 'HEAD', headers: NAVIGATION })).status).toBe(204);
      expect(await rowOf(shop(), id)).toMatchObject({ status: 'open' });
    });

    it.each([
      ['application/json'],
      ['application/json; charset=utf-8'],
      ['application/json, application/problem+json'],
    ])('a program that accepts only `%s` logs in', async (accept) => {
      expect(
        (
          await shop()
            .browser()
            .get((await make(shop())).url, { accept })
        ).json(),
      ).toMatchObject({ active: true });
    });

    it('a script of a page that prefers JSON logs in at once', async () => {
      const answer = await shop()
        .browser()
        .get((await make(shop())).url, {
          accept: 'application/json, text/plain, */*',
          'sec-fetch-site': 'same-origin',
          'sec-fetch-mode': 'cors',
          'sec-fetch-dest': 'empty',
        });
      expect(answer.json()).toMatchObject({ active: true });
    });
  });

  it('a wrong link is refused to programs like to everyone', async () => {
    expect(
      (
        await shop()
          .browser()
          .get(`${await callUp(shop())}x`, NO_SEC_FETCH)
      ).status,
    ).toBe(401);
  });

  it('a used link says so, without a button', async () => {
    const { startUrl } = await shopping(shop());
    expect((await shop().browser().get(startUrl, NO_SEC_FETCH)).status).toBe(409);
  });

  it('curl gets the button; then a browser logs in', async () => {
    const url = await callUp(shop());
    const directory = await mkdtemp(join(tmpdir(), 'start-link-'));
    try {
      const curl = async (...more: string[]): Promise<string> =>
        (await run('curl', ['-s', '-o', join(directory, 'out'), '-w', '%{http_code}', ...more, url])).stdout;
      const jar = join(directory, 'jar');
      expect(await curl()).toBe('200');
      expect(
        await curl(
          '-L',
          '-c',
          jar,
          '-b',
          jar,
          '-H',
          'Accept: text/html',
          '-H',
          'Sec-Fetch-Mode: navigate',
          '-H',
          'Sec-Fetch-Dest: document',
        ),
      ).toBe('200');
      expect(await rowOf(shop(), idOf(url))).toMatchObject({ status: 'active' });
      const script = await fetch(await callUp(shop()));
      expect([script.status, await script.text()]).toEqual([200, expect.stringContaining('<form method="post"')]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('a program with continuePage: the same button; JSON counts as the click', async () => {
    const { connections } = shop().connector.directory;
    const buyer = await connections.find('demo', 'company-cxml');
    if (buyer === undefined) throw new Error('no connection');
    await connections.save({ ...buyer, settings: { ...buyer.settings, continuePage: true } });
    try {
      const url = await callUp(shop());
      expect((await shop().browser().get(url, PROGRAMS['axios'])).text).toContain('<form method="post"');
      expect((await shop().browser().get(url, JSON_WANTED)).json()).toMatchObject({ active: true });
    } finally {
      await connections.save(buyer);
    }
  });
});
