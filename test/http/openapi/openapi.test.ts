import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { API_SECTIONS } from '../../../src/wiring/api-sections.js';
import { openApiDocument } from '../../../src/http/openapi/openapi-document.js';
import { cxmlStatus } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';
import { OPERATION_CASES } from './operation-cases.js';
import type { OperationCase } from './operation-case.js';

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string }[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
type Document = ReturnType<typeof openApiDocument>;

/** The document as wired; the server's document is compared with it. */
const DOCUMENT = openApiDocument(API_SECTIONS, 'https://shop.example.com');
const OPERATIONS = operationsOf(DOCUMENT);
/** Compiles each schema of the document once. */
const SHAPES = new Ajv2020({ allErrors: true, strict: false, formats: { 'date-time': true, uri: true } }).addSchema(
  DOCUMENT,
  'openapi',
);
const HOW =
  'write cases for it (accepted, and refused if it can refuse) in test/http/openapi/<family>-cases.ts, ' +
  'and list the file in operation-cases.ts';

function operationsOf({ paths }: Document): (Operation & { path: string; method: string })[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...(operation as Operation) })),
  );
}

describe('The API document itself', () => {
  it('contains the operations of every family', () => {
    const wired = readFileSync('src/wiring/api-sections.ts', 'utf8');
    const tables = readdirSync('src/http').filter((family) => existsSync(`src/http/${family}/openapi-operations.ts`));
    expect(
      tables
        .filter((family) => !wired.includes(`http/${family}/openapi-operations.js`))
        .map((family) => `src/http/${family}/openapi-operations.ts has no section in src/wiring/api-sections.ts`),
    ).toEqual([]);
  });

  it('names the parameters of every path, and each schema compiles', () => {
    for (const { operationId, path, method, parameters = [], responses } of OPERATIONS) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([operationId, parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)]).toEqual([
        operationId,
        named,
      ]);
      for (const [status, { content = {} }] of Object.entries(responses))
        for (const type of Object.keys(content)) expect(shapeOf(path, method, status, type)).toBeDefined();
    }
  });

  it('refuses a duplicate path', () => {
    const [section] = API_SECTIONS;
    if (section === undefined) throw new Error('no sections');
    expect(() => openApiDocument([section, { ...section, name: 'Again' }], 'https://x.example')).toThrow(
      'in the API document twice',
    );
  });

  it('has cases for every operation, and no others', () => {
    const faults = OPERATIONS.flatMap(({ operationId, responses }) => {
      const cases = OPERATION_CASES[operationId] ?? [];
      const canRefuse = Object.keys(responses).some((status) => Number(status) >= 400 && !PASSING.has(status));
      const missing = [
        ...(cases.some(({ expected }) => expected === 'accepted') ? [] : ['accepted']),
        ...(!canRefuse || cases.some(({ expected }) => expected === 'refused') ? [] : ['refused']),
      ];
      return missing.length === 0 ? [] : [`${operationId} has no case "${missing.join('", "')}": ${HOW}`];
    });
    expect(faults).toEqual([]);
    const known = new Set(OPERATIONS.map(({ operationId }) => operationId));
    expect(Object.keys(OPERATION_CASES).filter((id) => !known.has(id))).toEqual([]);
  });
});

/** Documented refusals that no input of the operation causes: other methods, limits and dependencies. */
const PASSING = new Set(['405', '429', '503']);

describeShop('Every operation of openapi.json answers as documented', {}, (shop) => {
  it('the server returns the document of the wiring, with its own address', async () => {
    const answer = await shop().browser().get('/openapi.json', { origin: 'https://elsewhere.example' });
    expect(answer.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument(API_SECTIONS, shop().url))));
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  it('/docs shows every operation and loads nothing external', async () => {
    const { text, headers } = await shop().browser().get('/docs');
    expect(OPERATIONS.filter(({ operationId }) => !text.includes(` id="${operationId}"`))).toEqual([]);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'nonce-([^']+)'; script-src 'nonce-\1'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
    );
    const loaded = [...text.matchAll(/(?:<link rel="stylesheet" href|<script src)="([^"]*)"/g)].map(
      ([, from = '']) => from,
    );
    expect(loaded).toHaveLength(3);
    for (const address of loaded) {
      expect(address.startsWith(`${shop().prefix}/docs/assets/`)).toBe(true);
      const asset = await shop().browser().get(address.slice(shop().prefix.length));
      expect([asset.status, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
    expect(text).not.toMatch(/<script>|@import|url\(|\son\w+=|\sstyle=/i);
  });

  it('/docs?q= searches without JavaScript', async () => {
    const { text } = await shop().browser().get('/docs?q=analytics%20csv');
    expect(text).toContain(' id="adminAnalytics"');
    expect(text).not.toContain(' id="listSessions"');
    const none = await shop()
      .browser()
      .get(`/docs?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(none.text).not.toContain('<script>alert');
    expect(none.text).toMatch(/<div data-none(="")?><div class="card empty">/);
  });

  it('neither hides a page of the shop below it, or one with a similar path', async () => {
    for (const path of ['/docs/guide', '/docs/assets/unknown.css', '/openapiXjson', '/documents'])
      expect((await shop().browser().get(path)).text).toContain('Nordlicht');
  });

  const cases = Object.entries(OPERATION_CASES).flatMap(([id, list]) =>
    list.map((one): [string, string, OperationCase] => [id, `${one.expected}: ${one.title}`, one]),
  );
  it.each(cases)('%s, %s', async (operationId, _, { expected, run }) => {
    const operation = OPERATIONS.find((candidate) => candidate.operationId === operationId);
    if (operation === undefined) throw new Error(`no operation ${operationId}`);
    const answer = await run(shop());
    const seen = { status: answer.status, text: answer.text.slice(0, 2000) };
    expect({ ...seen, outcome: outcomeOf(answer) }).toEqual({ ...seen, outcome: expected });
    const response = operation.responses[answer.status];
    expect({ ...seen, announced: response !== undefined }).toEqual({ ...seen, announced: true });
    if (response?.content === undefined) return;
    const type = (answer.headers['content-type'] ?? '').split(';')[0] ?? '';
    expect({ ...seen, type, announced: Object.keys(response.content) }).toEqual({
      ...seen,
      type,
      announced: expect.arrayContaining([type]),
    });
    const validate = shapeOf(operation.path, operation.method, answer.status, type);
    const value: unknown = /[/+]json$/.test(type) ? answer.json() : answer.text;
    expect({ ...seen, valid: validate?.(value), errors: validate?.errors ?? null }).toEqual({
      ...seen,
      valid: true,
      errors: null,
    });
  });
});

describeShop('Every path of openapi.json refuses other methods', {}, (shop) => {
  const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
  const others = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => methods[method] === undefined).map((method): [string, string] => [
      method.toUpperCase(),
      path,
    ]),
  );

  it.each(others)(
    '%s %s answers 405, lists the methods of the path in Allow, and uses the format of the path',
    async (method, path) => {
      const methods = DOCUMENT.paths[path] ?? {};
      const address = path.replace('{tenant}', 'demo').replaceAll(/\{\w+\}/g, 'x');
      const answer = await shop()
        .browser()
        .send(address, { method, headers: { accept: '*/*' } });
      expect([answer.status, (answer.headers['allow'] ?? '').toLowerCase().split(', ').toSorted()]).toEqual([
        405,
        Object.keys(methods).toSorted(),
      ]);
      const type = (answer.headers['content-type'] ?? '').split(';')[0] ?? '';
      for (const [documented, operation] of Object.entries(methods) as [string, Operation][]) {
        const { content = {}, ...rest } = operation.responses['405'] ?? {};
        expect(rest).toHaveProperty('headers.Allow');
        const validate = shapeOf(path, documented, 405, type);
        const value: unknown = type === 'application/json' ? answer.json() : answer.text;
        expect([type, Object.keys(content), validate?.(value), validate?.errors ?? null]).toEqual([
          type,
          Object.keys(content),
          true,
          null,
        ]);
      }
    },
  );
});

/** cXML refuses inside HTTP 200. */
function outcomeOf(answer: Answer): OperationCase['expected'] {
  if (answer.status >= 400) return 'refused';
  const { code } = cxmlStatus(answer);
  return code === '' || code.startsWith('2') ? 'accepted' : 'refused';
}

/** What tells whether a value has the shape of an answer's schema; undefined: the document has no such schema. */
function shapeOf(path: string, method: string, status: string | number, type: string): ValidateFunction | undefined {
  const place = ['paths', path, method, 'responses', status, 'content', type, 'schema'];
  const pointer = place.map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')));
  return SHAPES.getSchema(`openapi#/${pointer.join('/')}`);
}
