import type { ImportIssue } from '../../domain/orders/feed.js';
import type { FeedFault } from './feed-fault.js';

/** Line numbers that an issue names; what is beyond counts all the same. */
const MOST_LINES_NAMED = 1_000;

type Product = { id?: string | undefined; title?: string | undefined };

/** Collects the faults of a feed: one issue for each kind and field, with its lines (source 003: "2, 3, 4"). */
export class IssueLedger {
  readonly #issues = new Map<string, ImportIssue>();
  errors = 0;
  warnings = 0;

  add({ severity, message, parameters, field }: FeedFault, line: number, { id, title }: Product = {}): void {
    if (severity === 'error') this.errors += 1;
    else this.warnings += 1;
    const key = JSON.stringify([message, parameters]);
    const known = this.#issues.get(key);
    if (known === undefined) {
      this.#issues.set(key, {
        severity,
        message,
        parameters,
        lines: [line],
        field,
        productId: textOf(id),
        productTitle: textOf(title),
      });
      return;
    }
    if (known.lines.length < MOST_LINES_NAMED) known.lines.push(line);
    if (known.productId !== textOf(id)) known.productId = null;
    if (known.productTitle !== textOf(title)) known.productTitle = null;
  }

  /** In the order in which they first occurred. */
  issues(): ImportIssue[] {
    return [...this.#issues.values()].map((issue) => ({ ...issue, lines: issue.lines.toSorted((a, b) => a - b) }));
  }
}

function textOf(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value.slice(0, 255);
}
