import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** The samples of Prometheus' text format. */
export function samplesIn(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(LABEL)].map(([, key = '', content = '']) => [key, content]);
    return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
  });
}

/** What a query selects: the metric and its conditions; and where the query is no PromQL. */
export function readQuery(query: string): { selectors: { metric: string; conditions: string }[]; faults: string[] } {
  const selectors: { metric: string; conditions: string }[] = [];
  const faults: string[] = [];
  parser.parse(query).iterate({
    enter({ name, type, from, to, node }) {
      if (type.isError) faults.push(`at ${from}: ${query.slice(from, to + 10)}`);
      if (name === 'VectorSelector') selectors.push(selectorIn(query, node));
    },
  });
  return { selectors, faults };
}

function selectorIn(query: string, node: SyntaxNode): { metric: string; conditions: string } {
  const textOf = (part: SyntaxNode | null): string => (part === null ? '' : query.slice(part.from, part.to));
  return { metric: textOf(node.getChild('Identifier')), conditions: textOf(node.getChild('LabelMatchers')) };
}

const CONDITION = /(\w+)\s*(=~|!=|=)\s*"([^"]*)"/g;

export function fits({ labels }: Sample, conditions: string): boolean {
  return [...conditions.matchAll(CONDITION)].every(([, label = '', how, wanted = '']) => {
    const seen = labels[label];
    if (seen === undefined) return false;
    if (how === '=~') return new RegExp(`^(?:${wanted})$`).test(seen);
    return (seen === wanted) === (how === '=');
  });
}

type Vector = Pick<Sample, 'labels' | 'value'>[];

const COMPARE: Record<string, (left: number, right: number) => boolean> = {
  '>': (left, right) => left > right,
  '==': (left, right) => left === right,
};
const SECONDS: Record<string, number> = { m: 60, h: 3_600 };

/**
 * The value of a query at the second of two scrapes, by the rules of Prometheus for the part of PromQL that
 * docs/alerts.yaml uses; anything else throws. `rate` and `increase` take the two scrapes for the ends of their
 * window, so there is nothing to extrapolate. As in Prometheus, a series that was not there before has no increase.
 */
export function evaluate(query: string, [before, now]: readonly [Sample[], Sample[]]): Vector {
  const textOf = ({ from, to }: SyntaxNode): string => query.slice(from, to);
  const partsOf = (node: SyntaxNode): SyntaxNode[] => {
    const parts: SyntaxNode[] = [];
    for (let part = node.firstChild; part !== null; part = part.nextSibling) parts.push(part);
    return parts;
  };
  const selected = (node: SyntaxNode, from: Sample[]): Sample[] => {
    const { metric, conditions } = selectorIn(query, node);
    return from.filter((sample) => sample.name === metric && fits(sample, conditions));
  };

  function valueOf(node: SyntaxNode): Vector | number {
    const parts = partsOf(node);
    const [first, second, third] = parts;
    switch (node.name) {
      case 'PromQL':
      case 'ParenExpr':
      case 'FunctionCallBody':
        return valueOf(only(first));
      case 'NumberDurationLiteral':
        return Number(textOf(node));
      case 'VectorSelector':
        return selected(node, now);
      case 'FunctionCall':
        return increase(textOf(only(first)), only(second?.firstChild));
      case 'AggregateExpr': {
        const labels = node.getChild('AggregateModifier')?.getChild('GroupingLabels')?.getChildren('LabelName') ?? [];
        return aggregate(textOf(only(first)), labels.map(textOf), vector(valueOf(only(parts.at(-1)))));
      }
      case 'BinaryExpr':
        return combine(textOf(only(second)), vector(valueOf(only(first))), valueOf(only(third)));
      default:
        throw new Error(`${node.name} is not evaluated here: ${textOf(node)}`);
    }
  }

  function increase(call: string, matrix: SyntaxNode): Vector {
    const [selector, duration] = partsOf(matrix);
    const [, count, unit = ''] = /^(\d+)([mh])$/.exec(textOf(only(duration))) ?? [];
    const window = call === 'rate' ? Number(count) * Number(SECONDS[unit]) : call === 'increase' ? 1 : NaN;
    const earlier = new Map(selected(only(selector), before).map(({ labels, value }) => [keyOf(labels), value]));
    return selected(only(selector), now).flatMap(({ labels, value }) => {
      const then = earlier.get(keyOf(labels));
      return then === undefined ? [] : [{ labels, value: (value - then) / window }];
    });
  }

  return vector(valueOf(parser.parse(query).topNode));
}

function aggregate(how: string, by: string[], values: Vector): Vector {
  const groups = new Map<string, { labels: Record<string, string>; values: number[] }>();
  for (const { labels, value } of values) {
    const kept = Object.fromEntries(by.map((name) => [name, labels[name] ?? '']));
    const group = groups.get(keyOf(kept)) ?? { labels: kept, values: [] };
    groups.set(keyOf(kept), { ...group, values: [...group.values, value] });
  }
  return [...groups.values()].map(({ labels, values: all }) => ({
    labels,
    value: how === 'max' ? Math.max(...all) : how === 'sum' ? all.reduce((sum, value) => sum + value, 0) : NaN,
  }));
}

function combine(operator: string, left: Vector, right: Vector | number): Vector {
  const partner = ({ labels }: Vector[number]): number | undefined =>
    typeof right === 'number' ? right : right.find((other) => keyOf(other.labels) === keyOf(labels))?.value;
  if (operator === 'unless') return left.filter((one) => partner(one) === undefined);
  return left.flatMap((one) => {
    const other = partner(one);
    if (other === undefined) return [];
    if (operator === '/') return [{ ...one, value: one.value / other }];
    const holds = COMPARE[operator];
    if (holds === undefined) throw new Error(`${operator} is not evaluated here`);
    return holds(one.value, other) ? [one] : [];
  });
}

function vector(value: Vector | number): Vector {
  if (typeof value === 'number') throw new Error('a number where series are expected');
  return value;
}

function only(node: SyntaxNode | null | undefined): SyntaxNode {
  if (node === null || node === undefined) throw new Error('the query is incomplete');
  return node;
}

function keyOf(labels: Record<string, string>): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
