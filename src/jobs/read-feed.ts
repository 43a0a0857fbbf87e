import type { FeedColumn, FeedProduct } from '../domain/orders/feed.js';
import { type FeedFields, checkProduct } from '../protocols/feed/check-product.js';
import { REQUIRED_COLUMNS, feedColumns, feedDelimiter, readFields } from '../protocols/feed/feed-columns.js';
import { type FeedFault, feedFault, IssueLedger } from '../protocols/feed/feed-fault.js';
import { type FeedRecord, FeedRecords, MOST_CHARACTERS } from '../protocols/feed/feed-records.js';

const BATCH = 500;
/** Bounds memory: several feeds are read in parallel, and lines may be long. */
const BATCH_CHARACTERS = 1_000_000;

export interface FeedReading {
  ledger: IssueLedger;
  lines: number;
  issueLines: number;
  /** Number of imported products. */
  products: number;
}

interface Deps {
  /** Returns the ids that were repeated. */
  take: (products: readonly FeedProduct[]) => Promise<{ repeated: string[] }>;
  /** Called after each batch; may throw to stop. */
  progress: (lines: number, products: number) => Promise<void>;
}

/** Reads a feed to its end in constant memory. A wrong line is reported; the others are imported. */
export async function readFeed(text: AsyncIterable<string>, { take, progress }: Deps): Promise<FeedReading> {
  const ledger = new IssueLedger();
  let cutter: FeedRecords | undefined;
  let layout: Layout | undefined;
  let start = '';
  let batch: FeedRecord[] = [];
  let characters = 0;
  let issueLines = 0;
  let products = 0;
  let isHopeless = false;

  const settle = async (): Promise<void> => {
    const [header] = layout === undefined ? batch : [];
    if (header !== undefined) {
      layout = layoutOf(batch.shift(), cutter?.delimiter ?? ',');
      for (const fault of layout.faults) ledger.add(fault, header.line);
      if (layout.faults.length > 0) issueLines += 1;
      isHopeless = layout.faults.length > 0;
    }
    if (layout !== undefined && !isHopeless && batch.length > 0) {
      const done = await readBatch(batch, layout, ledger, take);
      issueLines += done.issueLines;
      products += done.products;
    }
    batch = [];
    characters = 0;
    await progress(cutter?.lines ?? 0, products);
  };
  const feed = async (records: Iterable<FeedRecord>): Promise<void> => {
    for (const record of records) {
      batch.push(record);
      characters += record.text.length;
      if (batch.length >= BATCH || characters >= BATCH_CHARACTERS) await settle();
    }
  };

  for await (const piece of text) {
    if (cutter === undefined) {
      start += piece;
      // The delimiter is detected from the complete header line.
      const end = start.trimStart().search(/[\r\n]/);
      if (end < 0 && start.length < MOST_CHARACTERS) continue;
      cutter = new FeedRecords(feedDelimiter(start.trimStart().slice(0, end < 0 ? MOST_CHARACTERS : end)));
      await feed(cutter.add(start));
      start = '';
    } else await feed(cutter.add(piece));
  }
  if (cutter === undefined) {
    cutter = new FeedRecords(feedDelimiter(start));
    await feed(cutter.add(start));
  }
  await feed(cutter.end());
  await settle();
  if (layout === undefined) {
    ledger.add(feedFault('no_lines'), 1);
    issueLines = 1;
  }
  return { ledger, lines: cutter.lines, issueLines, products };
}

interface Layout {
  delimiter: string;
  columns: (FeedColumn | undefined)[];
  faults: FeedFault[];
}

function layoutOf(header: FeedRecord | undefined, delimiter: string): Layout {
  const names = header === undefined || header.fault !== undefined ? undefined : readFields([header], delimiter)[0];
  if (names === undefined) return { delimiter, columns: [], faults: [feedFault('no_lines')] };
  const columns = feedColumns(names);
  return {
    delimiter,
    columns,
    faults: REQUIRED_COLUMNS.filter((column) => !columns.includes(column)).map((column) =>
      feedFault('column_missing', column),
    ),
  };
}

async function readBatch(
  records: FeedRecord[],
  { delimiter, columns }: Layout,
  ledger: IssueLedger,
  take: Deps['take'],
): Promise<{ issueLines: number; products: number }> {
  const faulty = new Set<number>();
  const note = (fault: FeedFault, { line }: FeedRecord, fields?: FeedFields): void => {
    faulty.add(line);
    ledger.add(fault, line, fields);
  };
  const readable = records.filter(({ fault }) => fault === undefined);
  const rows = readFields(readable, delimiter);
  const good = new Map<string, { record: FeedRecord; fields: FeedFields; product: FeedProduct }>();
  let at = 0;
  for (const record of records) {
    if (record.fault !== undefined) {
      note(
        record.fault === 'open_quote'
          ? feedFault('open_quote')
          : feedFault('line_too_long', null, { max: MOST_CHARACTERS }),
        record,
      );
      continue;
    }
    const row = rows[at];
    at += 1;
    if (row === undefined) note(feedFault('bad_quote'), record);
    else if (row.length !== columns.length) note(feedFault('column_count', null, { columns: columns.length }), record);
    else {
      const fields = fieldsOf(row, columns);
      const { product, faults } = checkProduct(fields);
      for (const fault of faults) note(fault, record, fields);
      if (product === undefined) continue;
      if (good.has(product.id)) note({ ...feedFault('not_unique', 'id'), value: product.id }, record, fields);
      else good.set(product.id, { record, fields, product });
    }
  }
  const { repeated } =
    good.size === 0 ? { repeated: [] } : await take([...good.values()].map(({ product }) => product));
  for (const id of repeated) {
    const one = good.get(id);
    if (one !== undefined) note({ ...feedFault('not_unique', 'id'), value: id }, one.record, one.fields);
  }
  return { issueLines: faulty.size, products: good.size - repeated.length };
}

function fieldsOf(row: string[], columns: Layout['columns']): FeedFields {
  const fields: FeedFields = {};
  for (const [index, column] of columns.entries()) if (column !== undefined) fields[column] = row[index] ?? '';
  return fields;
}
