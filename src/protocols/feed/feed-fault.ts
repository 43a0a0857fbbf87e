import { FEED_FAULTS, type FeedFaultKind, type ImportIssue } from '../../domain/orders/feed.js';

export type FeedFault = Pick<ImportIssue, 'severity' | 'message' | 'parameters' | 'field' | 'value'>;

/** Faults of a feed. The first two are Shopware Connect's own; the others follow its style. */
const FAULTS = {
  empty: ['error', 'Field "%field%" must not be empty.'],
  recommended: ['warning', 'Field "%field%" must not be empty (recommended).'],
  not_a_number: ['error', 'Field "%field%" must be a number.'],
  negative: ['error', 'Field "%field%" must not be negative.'],
  not_in_range: ['error', 'Field "%field%" must be a number from %min% to %max%.'],
  no_currency: ['error', 'Field "%field%" must be a currency code of three letters.'],
  too_long: ['error', 'Field "%field%" must not be longer than %max% characters.'],
  control_characters: ['error', 'Field "%field%" must not contain control characters.'],
  not_unique: ['error', 'Field "%field%" must be unique.'],
  no_gtin: ['warning', 'Field "%field%" must be a GTIN of 8, 12, 13 or 14 digits with its check digit.'],
  no_unit: ['warning', 'Field "%field%" must be a unit code of UN/CEFACT Recommendation 20.'],
  not_whole: ['warning', 'Field "%field%" must be a whole number.'],
  no_address: ['warning', 'Field "%field%" must be an http or https address.'],
  column_missing: ['error', 'Column "%field%" is missing.'],
  column_count: ['error', 'The line must have %columns% columns.'],
  open_quote: ['error', 'A quoted field must be closed.'],
  bad_quote: ['error', 'A quote within a field must be doubled, and the field be quoted.'],
  line_too_long: ['error', 'The line must not be longer than %max% characters.'],
  no_lines: ['error', 'The file must have a header line.'],
} as const satisfies Record<FeedFaultKind, [ImportIssue['severity'], string]>;

const KINDS = new Map<string, FeedFaultKind>(FEED_FAULTS.map((kind) => [FAULTS[kind][1], kind]));

/** What kind of fault a stored issue is; undefined for a template that this version does not know. */
export function feedFaultKind({ message }: Pick<ImportIssue, 'message'>): FeedFaultKind | undefined {
  return KINDS.get(message);
}

export function feedFault(
  kind: FeedFaultKind,
  field: string | null = null,
  facts: Partial<Record<'min' | 'max' | 'columns', number>> = {},
): FeedFault {
  const [severity, message] = FAULTS[kind];
  const parameters = Object.fromEntries(
    Object.entries({ ...(field === null ? {} : { field }), ...facts }).map(([name, value]) => [
      `%${name}%`,
      String(value),
    ]),
  );
  return { severity, message, parameters, field };
}

/** Maximum number of line numbers in one issue; further lines are only counted. */
const MOST_LINES_NAMED = 1_000;
const LONGEST_VALUE = 100;

type Product = { id?: string | undefined; title?: string | undefined };

/** Collects the faults of a feed: one issue per kind and field, with its lines (Shopware Connect: "2, 3, 4"). */
export class IssueLedger {
  readonly #issues = new Map<string, ImportIssue>();
  errors = 0;
  warnings = 0;

  add({ severity, message, parameters, field, value }: FeedFault, line: number, { id, title }: Product = {}): void {
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
        ...(value === undefined ? {} : { value: value.slice(0, LONGEST_VALUE) }),
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
