import { existsSync } from 'node:fs';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { validateOptions } from '../../src/config/options.js';
import { wholeStore } from '../../src/config/store-faults.js';
import { createConnector } from '../../src/connector.js';
import { SECRET, WRONG, store, withoutRead } from './wrong-options.js';

describe('createConnector with wrong options', () => {
  const listening: { server?: Server; connections: number } = { connections: 0 };
  let base: Record<string, unknown>;
  beforeAll(async () => {
    listening.server = createServer((socket) => {
      listening.connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => listening.server?.listen(0, '127.0.0.1', resolve));
    const { port } = listening.server.address() as AddressInfo;
    base = {
      database: { url: `postgres://postgres@127.0.0.1:${port}/none` },
      redisUrl: `redis://127.0.0.1:${port}`,
      publicUrl: 'https://shop.example',
      store,
    };
  });
  afterAll(() => new Promise((resolve) => listening.server?.close(resolve)));

  it.each(WRONG)(
    '%s is refused with path, value and cure, before any connection',
    async (_, wrong, path, seen, cure) => {
      const message = await refusalOf({ ...base, ...wrong });
      const [head, ...faults] = message.split('\n');
      expect(head).toBe('The connector cannot start:');
      const own = faults.filter((line) => line.startsWith(`  - ${path}: `));
      expect([faults, own.length]).toEqual([faults, 1]);
      const [, told = '', value = ''] = /: (.*); seen: (.*)$/s.exec(own[0] ?? '') ?? [];
      expect(told).toContain(cure);
      expect(value).toContain(seen);
      expect(message).not.toContain(SECRET);
      expect(listening.connections).toBe(0);
    },
  );

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['postgres://me:secret@h/d', '24 characters, not shown'],
    [[], 'a list of 0'],
  ])('options that are %j are refused', async (options, seen) => {
    expect(await refusalOf(options)).toBe(
      `The connector cannot start:\n  - options: { database, publicUrl, store }; seen: ${seen}`,
    );
  });

  it('one message has all faults; what is missing from {} is named', async () => {
    const whole = Object.assign({}, ...WRONG.slice(27).map(([, options]) => options)) as object;
    const message = await refusalOf({ ...base, ...whole, unknown: 1 });
    expect(message.split('\n').length).toBeGreaterThan(14);
    expect(
      (await refusalOf({}))
        .split('\n')
        .slice(1)
        .map((line) => /- (\w+):/.exec(line)?.[1]),
    ).toEqual(['database', 'store', 'publicUrl']);
  });

  it('an embedded directory is not made', async () => {
    await refusalOf({ ...base, database: { directory: '/tmp/never-made-by-wrong-options' }, demo: 1 });
    expect(existsSync('/tmp/never-made-by-wrong-options')).toBe(false);
  });

  it('every option may be given, and functions and instances of classes are accepted', () => {
    const every = {
      ...base,
      secrets: ['x'.repeat(32)],
      demo: false,
      transferHandler: () => undefined,
      guard: {
        routes: [{ names: ['a.**'], paths: ['/a/**'] }],
        basePaths: ['/shop'],
        routeName: () => 'a',
        page: '/c',
      },
      headerlessGet: false,
      restoreReport: 'shop',
      texts: { de: { cancel: 'Zurück' } },
      outbound: { networks: ['10.0.0.0/8', 'fd00::/8'], http: true },
      requestsPerAddress: 0,
      requestsPerStranger: 1,
      docs: false,
      console: false,
      openIdConnect: {
        issuer: 'http://127.0.0.1:4000',
        clientId: 'a',
        clientSecret: 'b',
        tenantClaim: 't',
        roleClaim: 'r',
      },
      hookTimeoutMs: 100,
      log: new (class {
        debug() {}
        info() {}
        warn() {}
        error() {}
      })(),
    };
    expect(() => validateOptions(every)).not.toThrow();
    expect(() => validateOptions({ ...every, store: () => store, openIdConnect: undefined })).not.toThrow();
  });
});

it('a function that makes half a store is refused when it has made it', () => {
  expect(wholeStore(store)).toBe(store);
  expect(() => wholeStore(withoutRead as never)).toThrow(/store\.readCart: a function, .*; seen: nothing/);
  expect(() => wholeStore(Promise.resolve(store) as never)).toThrow(/store: .*await it before; seen: a promise/);
});

async function refusalOf(options: unknown): Promise<string> {
  const tried = createConnector(options as never).then(
    () => 'it started',
    (error: unknown) => (error as Error).message,
  );
  return tried;
}
