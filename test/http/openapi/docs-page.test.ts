import { describe, expect, it } from '@jest/globals';
import { renderPage } from '../../../src/console/ui/shell/render-page.js';
import { DocsPage } from '../../../src/http/openapi/docs-page.js';
import { docsView, sampleOf, searched } from '../../../src/http/openapi/docs-view.js';
import { openApiDocument } from '../../../src/http/openapi/openapi-document.js';
import { API_SECTIONS } from '../../../src/wiring/api-sections.js';

const DOCUMENT = openApiDocument(API_SECTIONS, 'https://shop.example/einkauf');
const VIEW = docsView(DOCUMENT);
const FRAME = { language: 'en', nonce: 'n', assets: { style: '/style.css', scripts: [] } } as const;
const page = (search = ''): string =>
  renderPage(
    DocsPage({
      frame: FRAME,
      view: searched(VIEW, search),
      search,
      product: 'headless-punchout 9.9.9',
      base: '/einkauf',
    }),
  );

describe('/docs', () => {
  it('names the version of the package and of the API', () => {
    expect(page()).toContain('API version 1.0.0, headless-punchout 9.9.9.');
  });

  it('every link within it has its target', () => {
    const html = page();
    const targets = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, id = '']) => id);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((id) => !targets.has(id))).toEqual([]);
    expect(links.filter((id) => id.startsWith('schema-')).length).toBeGreaterThan(VIEW.schemas.length);
  });

  it('a search finds the operations with all of its words, in any letter case', () => {
    const found = searched(VIEW, ' Cancel SESSION ').sections.flatMap(({ operations }) => operations);
    expect(found.map(({ operationId }) => operationId)).toContain('cancelSession');
    expect(found.length).toBeLessThan(10);
    expect(searched(VIEW, 'sessioncontext').schemas.map(({ name }) => name)).toContain('SessionContext');
    expect(searched(VIEW, 'no such thing')).toMatchObject({ sections: [], schemas: [] });
  });

  it('a form asks for a key where a key proves the caller, and is missing where calls are signed', () => {
    const proofs = Object.fromEntries(VIEW.sections.map(({ name, operations }) => [name, operations[0]?.proof]));
    expect(proofs).toMatchObject({ Administration: 'key', 'Orders and hooks': 'signed', Operations: 'none' });
    expect(page('signed hooks')).not.toContain('<form hidden');
  });

  it('the key is a password field without a name, which no form sends and no browser keeps', () => {
    expect(/<input[^>]*id="try-key"[^>]*>/.exec(page())?.[0]).toMatch(/type="password" autocomplete="off"/);
    expect(/<input[^>]*id="try-key"[^>]*>/.exec(page())?.[0]).not.toContain(' name=');
  });

  it('the sample of a body has what its schema requires', () => {
    expect(
      sampleOf(
        {
          required: ['kind', 'count', 'lines', 'nested'],
          properties: {
            kind: { enum: ['a', 'b'] },
            count: { type: 'integer', minimum: 3 },
            lines: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Line' } },
            nested: { anyOf: [{ type: 'null' }, { type: 'string' }] },
            extra: { type: 'string' },
          },
        },
        { Line: { required: ['on'], properties: { on: { type: 'boolean' } } } },
      ),
    ).toEqual({ kind: 'a', count: 3, lines: [{ on: false }], nested: null });
    const loop = { required: ['me'], properties: { me: { $ref: '#/components/schemas/Loop' } } };
    expect(JSON.stringify(sampleOf(loop, { Loop: loop })).length).toBeLessThan(200);
  });
});
