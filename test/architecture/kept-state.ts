import { parseSync } from '@swc/core';

/** One name in a source file that keeps something beyond the statement that made it. */
export interface Kept {
  name: string;
  /**
   * How long: as long as the process or the object; as long as the functions that were made beside it; as long as one
   * call.
   */
  life: 'process' | 'object' | 'closure' | 'call';
}

type Node = Record<string, unknown> & { type: string };

/** What grows: containers of the language, our own, and what libraries keep inside. */
const CONTAINERS =
  /^(?:Map|Set|WeakMap|WeakSet|Array|BoundedCache|KnownSessions|DemoStock|Throttle|CartTurns|IssueLedger|FeedRecords)$/;
const LIBRARIES = /^(?:Agent|Pool|Redis|Cluster|RedisStore|Registry|Counter|Gauge|Histogram|PGlite|SaxesParser)$/;
const LIBRARY_CALLS = /^(?:knexFactory|createServer|pino\.destination|session)$/;
const GROWING = new Set(['set', 'add', 'push', 'unshift', 'splice']);
const FUNCTIONS =
  /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ClassMethod|PrivateMethod|MethodProperty|Constructor|GetterProperty|SetterProperty)$/;
const WRAPPERS =
  /^(?:TsAsExpression|TsConstAssertion|TsSatisfiesExpression|TsNonNullExpression|ParenthesisExpression|AwaitExpression)$/;

interface Declared {
  name: string;
  /** Functions round it, outermost first. */
  within: readonly Node[];
  life: 'process' | 'object' | 'closure';
  /** It holds something from its start, so that it may be a table that never changes. */
  isFilled: boolean;
  isBuffers: boolean;
}

interface Growth {
  name: string;
  within: readonly Node[];
  /** It is only given to a function, which may fill it. */
  isGiven?: true;
}

/**
 * Names in a file's text that may hold more and more: containers at its top or in a class, those in a function that a
 * function within it fills, lists of buffers, and objects of libraries that keep buffers of their own. Tables that
 * nothing adds to are none.
 */
export function keptIn(source: string, tsx = false): Kept[] {
  const declared: Declared[] = [];
  const growths: Growth[] = [];
  const libraries: Kept[] = [];

  function look(node: Node, within: readonly Node[]): void {
    switch (node.type) {
      case 'VariableDeclarator':
        declare(
          nameOf(node['id']),
          node['init'],
          typeOf(node['id']),
          within.length === 0 ? 'process' : 'closure',
          within,
        );
        break;
      case 'ClassProperty':
      case 'PrivateProperty':
        declare(propertyName(node['key'], node.type), node['value'], node['typeAnnotation'], 'object', within);
        break;
      case 'AssignmentExpression':
        assign(node, within);
        break;
      case 'CallExpression':
        call(node, within);
        break;
      case 'ReturnStatement':
        if (madeBy(node['argument']) === 'library')
          libraries.push({ name: nameOf(within.at(-1)?.['identifier']), life: 'object' });
        break;
      default:
    }
    const inner = FUNCTIONS.test(node.type) ? [...within, node] : within;
    for (const child of childrenOf(node)) look(child, inner);
  }

  function declare(name: string, value: unknown, type: unknown, life: Declared['life'], within: readonly Node[]): void {
    const made = madeBy(value);
    if (made === 'library') libraries.push({ name, life });
    const isTyped = /\b(?:Map|Set|Array|Record)\b|"TsArrayType"/.test(JSON.stringify(type ?? ''));
    const isBuffers = /"TsArrayType".*"value":"Buffer"/.test(JSON.stringify(type ?? ''));
    if (made === 'empty' || made === 'filled' || (isTyped && value !== undefined && value !== null && made !== 'other'))
      declared.push({ name, within, life, isFilled: made !== 'empty', isBuffers });
  }

  function assign(node: Node, within: readonly Node[]): void {
    const { left, right, operator } = node as Node & { left: Node; right: Node; operator: string };
    const name = nameOf(left);
    const made = madeBy(right);
    if (made === 'library') libraries.push({ name, life: 'object' });
    // A field that a constructor fills.
    if (/^(?:#|this\.)/.test(name) && made === 'empty' && left['type'] === 'MemberExpression')
      declared.push({ name, within: [], life: 'object', isFilled: false, isBuffers: false });
    const isElement = left['type'] === 'MemberExpression' && (left['property'] as Node).type === 'Computed';
    if (isElement || operator === '+=' || made === 'empty' || spreads(right, name))
      growths.push({ name: isElement ? nameOf(left['object']) : name, within });
  }

  function call(node: Node, within: readonly Node[]): void {
    const callee = node['callee'] as Node;
    if (callee.type === 'MemberExpression' && GROWING.has(nameOf(callee['property'])))
      growths.push({ name: nameOf(callee['object']), within });
    for (const { expression } of node['arguments'] as { expression: Node }[])
      if (expression.type === 'Identifier') growths.push({ name: nameOf(expression), within, isGiven: true });
  }

  for (const node of parseSync(source, { syntax: 'typescript', tsx, target: 'es2022' }).body as unknown as Node[])
    look(node, []);

  const kept = declared.flatMap((one): Kept[] => {
    const own = growths.filter(
      ({ name, within, isGiven }) =>
        name === one.name &&
        !(one.isFilled && isGiven) &&
        (one.life === 'object' || one.within.every((node, index) => within[index] === node)),
    );
    if (one.life === 'process') return one.isFilled && own.length === 0 ? [] : [{ name: one.name, life: 'process' }];
    if (one.life === 'object') return one.isFilled && own.length === 0 ? [] : [{ name: one.name, life: 'object' }];
    if (own.some(({ within }) => within.length > one.within.length)) return [{ name: one.name, life: 'closure' }];
    return one.isBuffers ? [{ name: one.name, life: 'call' }] : [];
  });
  return [...new Map([...kept, ...libraries].map((one) => [one.name, one])).values()];
}

/** What an expression makes: a container without or with content, or something of a library. */
function madeBy(value: unknown): 'empty' | 'filled' | 'library' | 'other' | undefined {
  if (!isNode(value)) return undefined;
  if (WRAPPERS.test(value.type)) return madeBy(value['expression'] ?? value['argument']);
  if (value.type === 'ConditionalExpression') return madeBy(value['consequent']) ?? madeBy(value['alternate']);
  if (value.type === 'BinaryExpression' || value.type === 'AssignmentExpression') return madeBy(value['right']);
  if (value.type === 'ArrayExpression') return (value['elements'] as unknown[]).length === 0 ? 'empty' : 'filled';
  if (value.type === 'ObjectExpression') return (value['properties'] as unknown[]).length === 0 ? 'empty' : 'filled';
  if (value.type === 'StringLiteral' && value['value'] === '') return 'empty';
  if (value.type === 'CallExpression') return LIBRARY_CALLS.test(nameOf(value['callee'])) ? 'library' : 'other';
  if (value.type !== 'NewExpression') return undefined;
  const name = nameOf(value['callee']);
  if (LIBRARIES.test(name)) return 'library';
  const isFilled = /^(?:Map|Set)$/.test(name) && ((value['arguments'] as unknown[] | undefined)?.length ?? 0) > 0;
  return CONTAINERS.test(name) ? (isFilled ? 'filled' : 'empty') : undefined;
}

/** `list = [...list, one]`. */
function spreads(value: unknown, name: string): boolean {
  if (!isNode(value) || value.type !== 'ArrayExpression') return false;
  return (value['elements'] as ({ spread: unknown; expression: Node } | null)[]).some(
    (element) => element?.spread !== null && element?.spread !== undefined && nameOf(element.expression) === name,
  );
}

/** `counts` of `counts.get(key)`, `#counts` of `this.#counts`. */
function nameOf(value: unknown): string {
  if (!isNode(value)) return '';
  switch (value.type) {
    case 'Identifier':
      return String(value['value']);
    case 'PrivateName':
      return `#${String(value['value'])}`;
    case 'MemberExpression': {
      const { object, property } = value as Node & { object: Node; property: Node };
      if (object.type === 'ThisExpression')
        return property.type === 'PrivateName' ? nameOf(property) : `this.${nameOf(property)}`;
      return object.type === 'Identifier' && `${nameOf(object)}.${nameOf(property)}` === 'pino.destination'
        ? 'pino.destination'
        : nameOf(object);
    }
    case 'CallExpression':
      return nameOf(value['callee']);
    case 'ParenthesisExpression':
      return nameOf(value['expression']);
    case 'OptionalChainingExpression':
      return nameOf(value['base']);
    default:
      return '';
  }
}

function propertyName(key: unknown, type: string): string {
  return type === 'PrivateProperty' ? nameOf(key) : `this.${nameOf(key)}`;
}

function typeOf(id: unknown): unknown {
  return isNode(id) ? id['typeAnnotation'] : undefined;
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value)
      ? value.flatMap((each: unknown) => (isNode(each) ? [each] : isWrapper(each) ? [each.expression] : []))
      : isNode(value)
        ? [value]
        : [],
  );
}

/** swc wraps arguments and elements in objects without a type. */
function isWrapper(value: unknown): value is { expression: Node } {
  return typeof value === 'object' && value !== null && 'expression' in value && isNode(value.expression);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
