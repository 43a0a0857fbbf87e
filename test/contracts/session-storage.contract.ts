import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import express from 'express';
import session, { type SessionData } from 'express-session';
import request from 'supertest';
import type { SessionStorage } from '../../src/adapters/sessions/session-storage.js';

declare module 'express-session' {
  interface SessionData {
    said?: string;
  }
}

export function sessionStorageContract(storage: () => SessionStorage): void {
  const store = () => storage().store;
  const get = (sid: string) =>
    promisify<string, SessionData | null | undefined>((id, done) => store().get(id, done))(sid);
  const set = (sid: string, data: SessionData) => promisify<void>((done) => store().set(sid, data, done))();
  const touch = (sid: string, data: SessionData) => new Promise<void>((resolve) => store().touch?.(sid, data, resolve));
  const destroy = (sid: string) => promisify<void>((done) => store().destroy(sid, done))();
  const dataOf = (said: string, maxAgeMs = 60_000): SessionData => {
    const expires = new Date(Date.now() + maxAgeMs);
    return { cookie: { originalMaxAge: maxAgeMs, expires }, said };
  };

  describe('get, set, touch, destroy', () => {
    it('returns a session until it is destroyed', async () => {
      const sid = randomUUID();
      expect((await get(sid)) ?? null).toBeNull();
      await set(sid, dataOf('grüezi'));
      expect((await get(sid))?.said).toBe('grüezi');
      await set(sid, dataOf('servus'));
      expect((await get(sid))?.said).toBe('servus');
      await destroy(sid);
      expect((await get(sid)) ?? null).toBeNull();
      await destroy(sid);
    });

    it('drops a session when its cookie expires; touch extends that time and revives no session', async () => {
      const [brief, touched] = [randomUUID(), randomUUID()];
      await set(brief, dataOf('x', 900));
      await set(touched, dataOf('x', 900));
      await touch(touched, dataOf('x', 60_000));
      const overAt = performance.now() + 5000;
      while ((await get(brief)) && performance.now() < overAt) await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await get(brief)) ?? null).toBeNull();
      expect((await get(touched))?.said).toBe('x');
      await touch(brief, dataOf('x', 60_000));
      expect((await get(brief)) ?? null).toBeNull();
      await destroy(touched);
    });
  });

  it('a session lives for its lifetime, independent of the clock of the process', async () => {
    const ids = ['fast', 'slow', 'touched', 'saved again'].map((name) => [name, randomUUID()] as const);
    const skewed = (hours: number): SessionData => ({
      cookie: { originalMaxAge: 60_000, expires: new Date(Date.now() + hours * 3_600_000) },
      said: 'x',
    });
    for (const [name, sid] of ids) await set(sid, skewed(name === 'slow' ? 10 : -10));
    const [, , [, touched] = ['', ''], [, saved] = ['', '']] = ids;
    await touch(touched, skewed(-10));
    await set(saved, (await get(saved)) ?? skewed(-10));
    for (const [name, sid] of ids) expect([name, (await get(sid))?.said]).toEqual([name, 'x']);
    for (const [, sid] of ids) await destroy(sid);
  });

  describe('used by express-session', () => {
    /** `/slow` reads its session, waits until `release` is called, changes the session and answers. */
    function app(): { app: express.Express; arrived: Promise<void>; release: () => void } {
      let release = (): void => undefined;
      let arrive = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      const server = express();
      server.use(
        session({
          secret: 'test',
          resave: false,
          saveUninitialized: false,
          store: store(),
          cookie: { maxAge: 60_000 },
        }),
      );
      server.get('/login', (req, res, next) => {
        req.session.regenerate((error) => {
          if (error) return next(error);
          req.session.said = 'logged in';
          res.send('ok');
        });
      });
      server.get('/say', (req, res) => void res.json(req.session.said ?? null));
      server.get('/slow', async (req, res) => {
        arrive();
        await gate;
        req.session.said = 'from the past';
        res.send('ok');
      });
      server.get('/logout', (req, res, next) =>
        req.session.destroy((error) => (error ? next(error) : void res.send('bye'))),
      );
      return { app: server, arrived, release };
    }

    it('a session is created, read and ended', async () => {
      const agent = request.agent(app().app);
      expect((await agent.get('/say')).body).toBeNull();
      await agent.get('/login').expect(200);
      expect((await agent.get('/say')).body).toBe('logged in');
      await agent.get('/logout').expect(200);
      expect((await agent.get('/say')).body).toBeNull();
    });

    it('P9: a slow request of a session that was logged out meanwhile does not restore it', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { app: server, arrived, release } = app();
        const agent = request.agent(server);
        await agent.get('/login').expect(200);
        const slow = agent.get('/slow').then(({ status }) => status);
        await arrived;
        await agent.get('/logout').expect(200);
        release();
        expect(await slow).toBe(200);
        expect((await agent.get('/say')).body).toBeNull();
      }
    });
  });

  it('is healthy', () => storage().health.check());
}
