import type { Client } from 'pg';

export interface SchemaShape {
  /** `table.column`: its type, and whether a row may be written without it. */
  columns: Map<string, { type: string; mayBeLeftOut: boolean }>;
  /** Rules that can refuse a row, with their tables: checks, keys, unique indexes. */
  rules: Map<string, string>;
}

/** What a program of this schema relies on. */
export async function shapeOf(client: Client): Promise<SchemaShape> {
  const columns = await client.query<{ place: string; type: string; left: boolean }>(`
    select c.relname || '.' || a.attname as place, format_type(a.atttypid, a.atttypmod) as type,
      (not a.attnotnull or a.atthasdef or a.attidentity <> '') as left
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
      and c.relname not like 'knex_%'`);
  const rules = await client.query<{ rule: string; table: string }>(`
    select conrelid::regclass::text as table, conrelid::regclass || ': ' || pg_get_constraintdef(oid) as rule
    from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'x')
    union all
    select i.indrelid::regclass::text, regexp_replace(pg_get_indexdef(i.indexrelid), 'INDEX \\S+ ON', 'INDEX ON')
    from pg_index i join pg_class c on c.oid = i.indrelid
    where i.indisunique and c.relnamespace = 'public'::regnamespace and c.relname not like 'knex_%'`);
  return {
    columns: new Map(columns.rows.map(({ place, type, left }) => [place, { type, mayBeLeftOut: left }])),
    rules: new Map(rules.rows.map(({ rule, table }) => [rule, table])),
  };
}

/** What a program of the schema before would miss, or be refused for. */
export function brokenFor(before: SchemaShape, after: SchemaShape): string[] {
  const tables = new Set([...before.columns.keys()].map((place) => place.split('.')[0]));
  const isOld = (table = ''): boolean => tables.has(table);
  return [
    ...[...before.columns].flatMap(([place, { type, mayBeLeftOut }]) => {
      const now = after.columns.get(place);
      if (now === undefined) return [`${place} is gone`];
      if (now.type !== type) return [`${place} is ${now.type} instead of ${type}`];
      return mayBeLeftOut && !now.mayBeLeftOut ? [`${place} may not be left out any more`] : [];
    }),
    ...[...after.columns].flatMap(([place, { mayBeLeftOut }]) =>
      !before.columns.has(place) && isOld(place.split('.')[0]) && !mayBeLeftOut ? [`${place} must be written`] : [],
    ),
    ...[...after.rules].flatMap(([rule, table]) =>
      !before.rules.has(rule) && isOld(table) ? [`a new rule: ${rule}`] : [],
    ),
  ];
}
