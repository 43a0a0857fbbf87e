import { request as send } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { API_SECTIONS } from '../../../src/wiring/api-sections.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type Answer, NAVIGATION, type WebClient } from '../../support/web-client.js';
import { signature } from '../connect/signed-calls.js';
import { type Sent, hostileBodies, hostileRequests } from './hostile-requests.js';
import { OPERATION_CASES } from './operation-cases.js';

const OPERATIONS = API_SECTIONS.flatMap(({ otherMethods, operations }) =>
  operations.map((operation) => ({ ...operation, otherMethods })),
);
type Operation = (typeof OPERATIONS)[number];

interface Told {
  status: number;
  text: string;
  type: string;
}

/** A shop whose requests pass through `change`, each with its number. */
function changed(shop: RunningShop, change: (sent: Sent, number: number) => Sent): RunningShop {
  let requests = 0;
  const watch = (client: WebClient): WebClient => {
    const { send: original } = client;
    const sending: WebClient['send'] = async (address, { method = 'GET', headers = {}, body, raw } = {}) => {
      const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const url = raw === true ? undefined : new URL(/^https?:/.test(address) ? address : shop.url + address);
      const given = Object.entries({ ...(cookie === '' ? {} : { cookie }), ...headers }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      const sent = {
        method,
        address: url === undefined ? address : url.pathname + url.search,
        headers: Object.fromEntries(given),
        ...(body === undefined ? {} : { body }),
      };
      const wanted = change(sent, (requests += 1));
      return wanted === sent
        ? original(address, {
            method,
            headers,
            ...(body === undefined ? {} : { body }),
            ...(raw === undefined ? {} : { raw }),
          })
        : answerOf(await ask(shop, wanted), wanted);
    };
    return Object.assign(client, {
      send: sending,
      get: (address: string, headers: Record<string, string> = NAVIGATION) => sending(address, { headers }),
      post: (
        address: string,
        body: string | Record<string, string>,
        headers: Record<string, string> = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' },
      ) =>
        sending(address, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
          body: typeof body === 'string' ? body : new URLSearchParams(body).toString(),
        }),
    });
  };
  return { ...shop, browser: () => watch(shop.browser()) };
}

function answerOf({ status, text, type }: Told, { address }: Sent): Answer {
  return {
    status,
    text,
    headers: { 'content-type': type },
    bytes: Buffer.from(text),
    json: () => JSON.parse(text),
    cookies: [],
    location: '',
    url: address,
  };
}

/** Sends the request unchanged; a signed call is signed again. */
function ask(shop: RunningShop, { method, address, headers, body }: Sent): Promise<Told> {
  const { hostname, port } = new URL(shop.url);
  const isSigned = headers['x-shopware-connect-key']?.length === 128;
  const all = {
    ...headers,
    ...(isSigned ? { 'x-shopware-connect-key': signature(method === 'GET' ? '' : (body ?? '')) } : {}),
    ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = send(
      { hostname, port, path: address.replaceAll(/[^\x21-\x7e]/g, encodeURIComponent), method, headers: all },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8'),
            type: response.headers['content-type']?.split(';')[0] ?? '',
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Undefined: a valid answer of the operation's family, without an internal error. */
function faultOf({ status, text, type }: Told, { responses, otherMethods }: Operation): string | undefined {
  const code = /<Status code="(5\d\d)"/.exec(text)?.[1];
  if (status >= 500 || code !== undefined) return `${status} ${code ?? ''} ${text.slice(0, 100)}`;
  // Node.js itself answers invalid HTTP and headers that are too large.
  if (text === '' || status === 431) return undefined;
  const types = [...Object.values(responses), otherMethods].flatMap(({ schema, media = {} }) => [
    ...(schema === undefined ? [] : ['application/json']),
    ...Object.keys(media),
  ]);
  return status < 400 || types.includes(type)
    ? undefined
    : `${status} as ${type}, where its family has ${[...new Set(types)].join(', ')}`;
}

/** All cases take ten minutes; PROOF=1 runs them. Otherwise a tenth runs, a different one for each operation. */
const EVERY = process.env['PROOF'] === undefined ? 10 : 1;

describeOnServer('hostile input to an operation of openapi.json never causes an internal error', () => {
  const at: { shop?: RunningShop; server?: Awaited<ReturnType<typeof createMigratedDatabase>> } = {};
  beforeAll(async () => {
    at.server = await createMigratedDatabase();
    at.shop = await startShop({ url: at.server.url }, '');
  }, 60_000);
  afterAll(async () => {
    await at.shop?.close();
    await at.server?.drop();
  });
  const shop = (): RunningShop => {
    if (at.shop === undefined) throw new Error('the shop did not start');
    return at.shop;
  };

  it.each(OPERATIONS.map((operation, index): [string, Operation, number] => [operation.operationId, operation, index]))(
    '%s',
    async (operationId, operation, index) => {
      const isTried = (nth: number): boolean => (nth + index) % EVERY === 0;
      const faults: string[] = [];
      const judge = (how: string, told: Told): void => {
        // Below a path that belongs to no family, the app answers.
        if (told.status === 404 && how === 'a longer path') return;
        const fault = faultOf(told, operation);
        if (fault !== undefined) faults.push(`${how}: ${fault}`);
      };
      const accepted = (OPERATION_CASES[operationId] ?? []).filter(({ expected }) => expected === 'accepted');
      let sent = 0;
      for (const [nth, { title, run }] of accepted.entries()) {
        const seen: Sent[] = [];
        await run(changed(shop(), (request) => (seen.push(request), request)));
        const last = seen.at(-1);
        if (last === undefined) throw new Error('nothing was sent');
        // Address and headers are the same in every case.
        for (const { title: how, request } of nth === 0
          ? [...hostileRequests(last, operation)].filter((_, place) => isTried(place))
          : []) {
          sent += 1;
          judge(how, await ask(shop(), request));
        }
        // A body changes its session only once, so each gets a new session.
        for (const { title: how, body } of [...hostileBodies(last)].filter((_, place) => isTried(place))) {
          sent += 1;
          const { status, text, headers } = await run(
            changed(shop(), (request, number) => (number === seen.length ? { ...request, body } : request)),
          );
          judge(`${title}: ${how}`, { status, text, type: headers['content-type']?.split(';')[0] ?? '' });
        }
      }
      expect(faults.slice(0, 10)).toEqual([]);
      expect(sent).toBeGreaterThan(300 / EVERY);
    },
    600_000,
  );

  it('no request caused an unexpected error', () => {
    expect(
      shop()
        .logged.filter((line) => line.includes('unexpected error'))
        .slice(0, 5),
    ).toEqual([]);
  });
});
