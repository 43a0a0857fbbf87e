import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { personalData } from '../../src/adapters/postgres/history/personal-data.js';
import { jsonLog } from '../../src/adapters/json-log.js';
import { serverSettings } from '../../src/config/environment.js';
import { DEMO } from '../../src/demo/seed-demo.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { describeOnRedis } from '../adapters/sessions/describe-on-redis.js';
import { type RedisProcess, startRedis } from '../adapters/sessions/redis-servers.js';
import { type ServerDatabase, createServerDatabase } from '../support/server-database.js';
import { addressOf } from './hostile-client.js';
import { type Access, PERSON, type Spelling, spellings } from './secret-spellings.js';

const ACCESS: Access = {
  identity: DEMO.identity,
  secret: DEMO.secret,
  username: DEMO.identity,
  returnUrl: 'https://erp.company.com/return',
  apiKey: DEMO.apiKey,
};
/** The message log writes every half second. */
const WRITTEN_AFTER_MS = 1_500;

describeOnRedis('T62: secrets in every spelling, and all places where anything is kept or told', () => {
  const running: { database?: ServerDatabase; redis?: RedisProcess; server?: RunningServer } = {};
  const logged: string[] = [];
  const printed: string[] = [];
  const sent: (Spelling & { secret: string; kept: string; status: number })[] = [];
  const places: Record<string, string> = {};

  beforeAll(async () => {
    for (const stream of [process.stdout, process.stderr])
      jest.spyOn(stream, 'write').mockImplementation((text: string | Uint8Array) => {
        printed.push(String(text));
        return true;
      });
    running.database = await createServerDatabase();
    running.redis = await startRedis();
    const settings = serverSettings({
      DATABASE_URL: running.database.url,
      REDIS_URL: `redis://127.0.0.1:${running.redis.port}`,
      PORT: '0',
      TRUSTED_PROXIES: '127.0.0.1',
      SESSION_SECRET: 'a-secret-for-tests-that-is-long-enough',
    });
    running.server = await startServer(settings, jsonLog('debug', { write: (line) => void logged.push(line) }));
    await sendAll(running.server.url);
    await collect();
    jest.restoreAllMocks();
  }, 180_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    await running.server?.stop();
    await running.redis?.stop();
    await running.database?.drop();
  });

  async function sendAll(url: string): Promise<void> {
    for (const [index, spell] of spellings(ACCESS).entries()) {
      const marks = { secret: `Zq${index}x${index}qZ`, kept: `Kept${index}x` };
      const spelling = spell(marks);
      const { method = 'POST', path, contentType, authorization, body } = spelling;
      const headers = {
        'x-forwarded-for': addressOf(index),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
        ...(authorization === undefined ? {} : { authorization }),
      };
      // A Buffer gets no default Content-Type; a text would.
      const answer = await fetch(url + path, {
        method,
        headers,
        redirect: 'manual',
        ...(body === undefined ? {} : { body: Buffer.from(body) }),
      });
      sent.push({ ...spelling, ...marks, status: answer.status });
      places['answers'] = (places['answers'] ?? '') + [...answer.headers.values()].join('\n') + (await answer.text());
    }
  }

  async function collect(): Promise<void> {
    const { server, database, redis } = running;
    if (server === undefined || database === undefined || redis === undefined)
      throw new Error('the server did not start');
    await new Promise((resolve) => setTimeout(resolve, WRITTEN_AFTER_MS));
    const open = await openDatabase({ kind: 'server', url: database.url });
    try {
      const { rows: tables } = await open.knex.raw<{ rows: { name: string }[] }>(
        `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
      );
      for (const { name } of tables) {
        const { rows } = await open.knex.raw<{ rows: Record<string, unknown>[] }>('select * from ??', [name]);
        places[`table ${name}`] = rows.map(readable).join('\n');
      }
      places['export'] = JSON.stringify(await personalData(open).ofPerson(DEMO.tenantId, PERSON));
    } finally {
      await open.close();
    }
    const client = new Redis(redis.port, '127.0.0.1');
    const values = await Promise.all(
      (await client.keys('*')).map(async (key) => [key, await client.get(key).catch(() => '')]),
    );
    places['redis'] = JSON.stringify(values);
    client.disconnect();
    places['metrics'] = await server.connector.metricsText();
    places['log'] = logged.join('');
    places['console'] = printed.join('');
    places['messages'] = await messagesAt(server.url);
  }

  /** Messages that an engineer reads with a key: refused call-ups, and those of each session. */
  async function messagesAt(url: string): Promise<string> {
    type Page = { data: { pagination: { next_cursor: string | null }; sessions?: { session_id: string }[] } };
    const pages: string[] = [];
    const read = async (path: string): Promise<Page[]> => {
      const all: Page[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const answer = await fetch(
          `${url}/v1/punchout${path}?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
          { headers: { authorization: `Bearer ${DEMO.apiKey}` } },
        );
        const text = await answer.text();
        pages.push(text);
        const page = JSON.parse(text) as Page;
        all.push(page);
        cursor = page.data.pagination.next_cursor;
      }
      return all;
    };
    await read('/messages');
    const sessions = (await read('/sessions')).flatMap(({ data }) => data.sessions ?? []);
    for (const { session_id: id } of sessions) await read(`/sessions/${id}/messages`);
    return pages.join('\n');
  }

  it('at least 300 spellings were sent, in accepted and refused call-ups, logins, carts and orders', () => {
    expect(sent.length).toBeGreaterThanOrEqual(300);
    const taken = sent.filter(({ status }) => status < 400).length;
    expect(taken).toBeGreaterThan(100);
    expect(sent.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it('no secret is stored or shown anywhere:  log, console, tables, Redis, metrics, messages, export', () => {
    const found = Object.entries(places).flatMap(([place, text]) => [
      ...new Set(
        [...revealed(text).matchAll(/Zq(\d+)x\1qZ/g)].map(([, index]) => `${place}: ${sent[Number(index)]?.name}`),
      ),
    ]);
    expect(found).toEqual([]);
    expect(
      Object.entries(places)
        .filter(([, text]) => text.includes(ACCESS.secret))
        .map(([place]) => place),
    ).toEqual([]);
  });

  it('everything else is readable in the messages: cXML, OCI, JSON, clones and orders, accepted and refused', () => {
    const messages = places['messages'] ?? '';
    const hidden = sent.filter(
      ({ shown }) => shown !== undefined && !messages.includes(JSON.stringify(shown).slice(1, -1)),
    );
    expect(hidden.map(({ name, status }) => `${name}: ${status}`)).toEqual([]);
  });
});

/** A text with the content of its escapes and its base64. */
function revealed(text: string): string {
  const plain = text.replace(
    /%([\dA-F]{2})|=([\dA-F]{2})|&#(\d{2,3});/gi,
    (_, percent?: string, quoted?: string, decimal?: string) =>
      String.fromCharCode(decimal === undefined ? Number.parseInt(percent ?? quoted ?? '', 16) : Number(decimal)),
  );
  const base64 = [...text.replace(/\\r\\n/g, '').matchAll(/[A-Za-z0-9+/]{24,}/g)].map(([run]) =>
    Buffer.from(run, 'base64').toString('latin1'),
  );
  return [text, plain, ...base64].join('\n');
}

/** A row as text; bytes in both possible readings. */
function readable(row: Record<string, unknown>): string {
  return JSON.stringify(row, (_, value: unknown) => {
    if (!isBytes(value)) return value;
    const bytes = Buffer.from(value.data);
    return [bytes.toString('latin1'), bytes.toString('utf16le')];
  });
}

function isBytes(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
}
