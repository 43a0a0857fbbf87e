import { describe, expect, it } from '@jest/globals';
import { SERVER_VARIABLES, type Variable } from '../../src/config/variables/server-variables.js';
import { SHOPWARE_VARIABLES, VENDURE_VARIABLES } from '../../src/config/variables/store-variables.js';
import { CONNECTION_SCHEMA } from '../../src/config/connection-settings.js';
import { PROFILE_NAMES } from '../../src/domain/access/connection.js';
import { ERROR_CODES, type ErrorCode } from '../../src/domain/error-codes.js';
import { explain } from '../../src/domain/explanations/explain.js';
import { FINDING_CODES } from '../../src/domain/transmission/finding-codes.js';
import { FAMILIES, statusOf } from '../../src/http/error-statuses.js';
import { code, read, table } from './markdown.js';

const REFERENCE = 'docs/reference';

describe('the tables of docs/reference say what the code says', () => {
  it('the error table is ERROR_CODES with the statuses of each API family, both ways', () => {
    const statusIn = (family: (typeof FAMILIES)[number], name: ErrorCode): string => {
      const status = statusOf(family, name);
      return status === 500 && name !== 'INTERNAL_ERROR' ? '–' : String(status);
    };
    const expected = Object.entries(ERROR_CODES).map(([name, sentence]) => [
      `\`${name}\``,
      sentence,
      ...FAMILIES.map((family) => statusIn(family, name as ErrorCode)),
    ]);
    expect(table(`${REFERENCE}/errors.md`, 'code', 'sentence')).toEqual(expected);
  });

  it('explanations.md has the English texts of every code, finding and platform', () => {
    const page = `${REFERENCE}/explanations.md`;
    const rows = (names: readonly string[]): string[][] =>
      names.map((name) => {
        const { meaning, remedy, basis } = explain(name, 'en') ?? { meaning: '', remedy: '' };
        const texts = [meaning, remedy, ...(basis === undefined ? [] : [basis])];
        return [`\`${name}\``, ...texts.map((text) => text.replaceAll('&', '&amp;'))];
      });
    expect(table(page, 'code', 'what it means')).toEqual(rows(Object.keys(ERROR_CODES)));
    expect(table(page, 'finding', 'what it means')).toEqual(rows(FINDING_CODES));
    expect(table(page, 'profile', 'what it means')).toEqual(rows(PROFILE_NAMES));
    expect(table(page, 'profile', 'where the values are entered')).toEqual(
      PROFILE_NAMES.map((name) => {
        const { steps = [], basis = '' } = explain(name, 'en')?.setup ?? {};
        const texts = [steps.map((step, index) => `${index + 1}. ${step}`).join(' '), basis];
        return [`\`${name}\``, ...texts.map((text) => text.replaceAll('&', '&amp;'))];
      }),
    );
  });

  it('the option table is ConnectorOptions, needed ones marked', () => {
    const rows = table(`${REFERENCE}/options.md`, 'option').map(
      ([name, preset]) => `${code(name)}${preset === 'needed' ? '' : '?'}`,
    );
    expect(rows.toSorted()).toEqual(members('src/config/options.ts', 'ConnectorOptions').toSorted());
  });

  it('the member table is Connector', () => {
    const rows = table(`${REFERENCE}/options.md`, 'member').map(([name]) => code(name).replace(/\(.*/, ''));
    expect(rows.toSorted()).toEqual(members('src/connector.ts', 'Connector').toSorted());
  });

  it('the event table is ConnectorEvents, with the fields of each', () => {
    const block = bodyOf('src/domain/transmission/connector-event.ts', 'ConnectorEvents');
    const expected = [...block.matchAll(/^ {2}'?([\w-]+)'?: \{ (.*) \};$/gm)].map(([, name = '', fields = '']) => [
      name,
      [...fields.matchAll(/(\w+): /g)].map(([, field]) => field),
    ]);
    expect(expected.length).toBe(members('src/domain/transmission/connector-event.ts', 'ConnectorEvents').length);
    expect(
      table(`${REFERENCE}/options.md`, 'event').map(([name, , fields = '']) => [
        code(name),
        [...fields.matchAll(/`(\w+)`/g)].map(([, field]) => field),
      ]),
    ).toEqual(expected);
  });

  it('the environment table is what config reads', () => {
    const code = ['environment.ts', 'variables/process-variables.ts'].map((file) => read(`src/config/${file}`)).join();
    const names = [...code.matchAll(/\b(?:env(?:\[|, )|numberOf\()'([A-Z_]+)'/g)].map(([, name = '']) => name);
    expect(SERVER_VARIABLES.map(([name]) => name).toSorted()).toEqual([...new Set(names)].toSorted());
  });

  it.each<[document: string, variables: readonly Variable[]]>([
    [`${REFERENCE}/server.md`, SERVER_VARIABLES],
    ['docs/shopware.md', SHOPWARE_VARIABLES],
    ['docs/vendure.md', VENDURE_VARIABLES],
  ])('punchout serve --help has the variables of %s in the same words', (document, variables) => {
    expect(table(document, 'variable').map((cells) => cells.map(withoutMarks))).toEqual(variables);
  });

  it('the settings table is CONNECTION_SCHEMA with its defaults', () => {
    const rows = table(`${REFERENCE}/settings.md`, 'setting').map(([name, preset]) => [code(name), defaultOf(preset)]);
    expect(rows).toEqual(leavesOf(CONNECTION_SCHEMA));
  });
});

/**
 * The shape of a schema: objects with properties are walked into, unless they are one value with a default of its own.
 */
interface Shape {
  type?: string;
  enum?: readonly unknown[];
  properties?: Record<string, Shape>;
  default?: unknown;
}

function leavesOf(schema: Shape, path = ''): [string, unknown][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const isGroup = part.properties !== undefined && JSON.stringify(part.default) === '{}';
    return isGroup ? leavesOf(part, `${path}${name}.`) : [[`${path}${name}`, part.default] satisfies [string, unknown]];
  });
}

/** A default in backticks is JSON; words stand for none. */
function defaultOf(cell = ''): unknown {
  return cell.startsWith('`') ? JSON.parse(code(cell)) : undefined;
}

/** INTERNAL_ERROR is 500 everywhere: what a family does not list is a fault of ours. */
/** Text without the marks of Markdown; a link that only adds a source, in parentheses, falls away. */
function withoutMarks(cell: string): string {
  return cell
    .replace(/ \(\[[^\]]*\]\([^)]*\)\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '');
}

/** Member names of an interface, `?` kept. */
function members(path: string, name: string): string[] {
  return [...bodyOf(path, name).matchAll(/^ {2}'?([\w-]+)'?(\??)(?:<.*>)?[:(]/gm)].map(
    ([, member = '', optional = '']) => member + optional,
  );
}

function bodyOf(path: string, name: string): string {
  const body = new RegExp(`^export interface ${name}(?:<\\w+>)? \\{\n([\\s\\S]*?)^\\}`, 'm').exec(read(path))?.[1];
  if (body === undefined) throw new Error(`no interface ${name} in ${path}`);
  return body;
}
