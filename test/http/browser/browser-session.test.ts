import express from 'express';
import { MemoryStore } from 'express-session';
import { beforeEach, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { browserSession } from '../../../src/http/browser/browser-session.js';
import { cookieJar } from '../../../src/http/browser/cookie-jar.js';

const BINDING = { tenantId: 'acme', transmissionId: 'acme_one', epoch: 1 };
const log = { debug() {}, info() {}, warn() {}, error() {} };

let app: express.Express;
let store: MemoryStore;
let written: string[];
beforeEach(() => {
  store = new MemoryStore();
  written = [];
  for (const name of ['set', 'destroy', 'touch'] as const) {
    const real = store[name].bind(store) as (...given: unknown[]) => void;
    jest.spyOn(store, name).mockImplementation((...given: unknown[]) => {
      written.push(name);
      real(...given);
    });
  }
  const jar = cookieJar('http://shop.example.com');
  const sessions = browserSession({ store, jar, secrets: ['a-secret'], idleMinutes: 30, log });
  app = express();
  app.get('/bind', async (req, res) => {
    await sessions.bind(req, res, BINDING);
    written.push('answer');
    res.end();
  });
  app.get('/read', async (req, res) => void res.json((await sessions.read(req, res)) ?? {}));
});

const cookieOf = ({ headers }: { headers: Record<string, unknown> }): string =>
  String(headers['set-cookie']).split(';')[0] ?? '';

it('a login without a session cookie writes the session once, before the answer', async () => {
  const cookie = cookieOf(await request(app).get('/bind'));
  expect(written).toEqual(['set', 'answer']);
  expect((await request(app).get('/read').set('cookie', cookie)).body).toEqual(BINDING);
});

it('T04: a login with a session cookie gets another id, and the old one leads nowhere', async () => {
  const given = cookieOf(await request(app).get('/bind'));
  const own = cookieOf(await request(app).get('/bind').set('cookie', given));
  expect(own).toMatch(/^connector\.sid=/);
  expect(own).not.toBe(given);
  expect((await request(app).get('/read').set('cookie', given)).body).toEqual({});
});

it('the session of the shop itself stays as it is', async () => {
  const jar = cookieJar('http://shop.example.com');
  const sessions = browserSession({ store, jar, secrets: ['a-secret'], idleMinutes: 30, log });
  app.get('/shop', async (req, res) => {
    const own = { cart: 'of the shop' };
    Object.assign(req, { session: own, sessionID: 'of the shop' });
    await sessions.bind(req, res, BINDING);
    res.json({ kept: (req.session as unknown) === own && req.sessionID === 'of the shop' });
  });
  expect((await request(app).get('/shop')).body).toEqual({ kept: true });
});

it('two connectors in one app each read their own sessions', async () => {
  const jar = cookieJar('http://shop.example.com');
  const [other, own] = [new MemoryStore(), store].map((one) =>
    browserSession({ store: one, jar, secrets: ['a-secret'], idleMinutes: 30, log }),
  );
  app.get('/both', async (req, res) => {
    res.json([(await other?.read(req, res)) ?? null, (await own?.read(req, res)) ?? null]);
  });
  const cookie = cookieOf(await request(app).get('/bind'));
  expect((await request(app).get('/both').set('cookie', cookie)).body).toEqual([null, BINDING]);
});

it('with a public https address the cookie is set behind a proxy that speaks http', async () => {
  const jar = cookieJar('https://shop.example.com');
  const sessions = browserSession({ store, jar, secrets: ['a-secret'], idleMinutes: 30, log });
  app.get('/secure', async (req, res) => {
    await sessions.bind(req, res, BINDING);
    res.end();
  });
  const { headers } = await request(app).get('/secure');
  expect(String(headers['set-cookie'])).toMatch(/^__Host-connector\.sid=.*; Secure; .*SameSite=None/);
});
