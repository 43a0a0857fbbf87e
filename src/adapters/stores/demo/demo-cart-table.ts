import type { Knex } from 'knex';
import type { DecimalText } from '../../../domain/decimal.js';
import { PunchoutError } from '../../../domain/error-codes.js';
import { MAX_QUANTITY } from './quantity.js';

export interface CartKey {
  tenantId: string;
  cartId: string;
  currency: string;
  language: string;
}

/**
 * Tables demo_cart and demo_cart_line. Every verb is one statement: the embedded database has one connection, and a
 * statement needs no transaction of ours. `version` moves with every change of the content.
 */
export class DemoCartTable {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Adds to what is there. Returns the lines that took it: a sum beyond the largest quantity leaves a line as it was. */
  async add(key: CartKey, lines: readonly { lineId: string; sku: string; quantity: DecimalText }[]): Promise<Set<string>> {
    if (lines.length === 0) return new Set();
    const rows = await this.#run<{ line_id: string }>(
      `with wanted as (
         select * from jsonb_to_recordset(cast(:lines as jsonb)) as w("lineId" text, sku text, quantity numeric, nth int)
       ), cart as (
         insert into demo_cart (tenant_id, cart_id, currency, language, version) values (:tenantId, :cartId, :currency, :language, 1)
         on conflict (tenant_id, cart_id) do update set version = demo_cart.version + 1
         returning cart_id
       ), last as (
         select coalesce(max(position), 0) as position from demo_cart_line where tenant_id = :tenantId and cart_id = :cartId
       )
       insert into demo_cart_line as line (tenant_id, cart_id, line_id, position, sku, quantity)
       select :tenantId, cart.cart_id, wanted."lineId", last.position + wanted.nth, wanted.sku, wanted.quantity from wanted, cart, last
       where wanted.quantity <= cast(:max as numeric)
       on conflict (tenant_id, cart_id, line_id) do update set quantity = line.quantity + excluded.quantity
       where line.quantity + excluded.quantity <= cast(:max as numeric)
       returning line_id`,
      { ...key, max: MAX_QUANTITY, lines: JSON.stringify(lines.map((line, index) => ({ ...line, nth: index + 1 }))) },
    );
    return new Set(rows.map((row) => row.line_id));
  }

  /** False: there is no such line. */
  async change(key: CartKey, lineId: string, quantity: DecimalText): Promise<boolean> {
    const rows = await this.#run<unknown>(
      `with line as (
         update demo_cart_line set quantity = cast(:quantity as numeric)
         where tenant_id = :tenantId and cart_id = :cartId and line_id = :lineId returning cart_id
       )
       update demo_cart set version = version + 1 from line
       where demo_cart.tenant_id = :tenantId and demo_cart.cart_id = line.cart_id returning version`,
      { ...key, lineId, quantity },
    );
    return rows.length > 0;
  }

  async remove(key: CartKey, lineId: string): Promise<void> {
    await this.#run(
      `with line as (
         delete from demo_cart_line where tenant_id = :tenantId and cart_id = :cartId and line_id = :lineId returning cart_id
       )
       update demo_cart set version = version + 1 from line
       where demo_cart.tenant_id = :tenantId and demo_cart.cart_id = line.cart_id`,
      { ...key, lineId },
    );
  }

  async read({ tenantId, cartId }: CartKey): Promise<{ version: string; lines: { lineId: string; quantity: string }[] }> {
    const rows = await this.#run<{ version: string; line_id: string | null; quantity: string | null }>(
      `select cast(cart.version as text) as version, line.line_id, cast(line.quantity as text) as quantity
       from demo_cart cart left join demo_cart_line line on line.tenant_id = cart.tenant_id and line.cart_id = cart.cart_id
       where cart.tenant_id = :tenantId and cart.cart_id = :cartId order by line.position, line.line_id`,
      { tenantId, cartId },
    );
    const lines = rows.flatMap(({ line_id: lineId, quantity }) => (lineId === null || quantity === null ? [] : [{ lineId, quantity }]));
    return { version: rows[0]?.version ?? '0', lines };
  }

  /** Deletes the cart if its version still is `version`, where one is given. */
  async delete({ tenantId, cartId }: CartKey, version?: string): Promise<'deleted' | 'changed'> {
    const rows = await this.#run<{ gone: boolean; was: boolean }>(
      `with gone as (
         delete from demo_cart where tenant_id = :tenantId and cart_id = :cartId
         and (cast(:version as text) is null or cast(version as text) = :version) returning cart_id
       ), lines as (
         delete from demo_cart_line where tenant_id = :tenantId and cart_id in (select cart_id from gone)
       )
       select exists (select 1 from gone) as gone, exists (select 1 from demo_cart where tenant_id = :tenantId and cart_id = :cartId) as was`,
      { tenantId, cartId, version: version ?? null },
    );
    return rows[0]?.was === true && !rows[0].gone ? 'changed' : 'deleted';
  }

  async #run<Row>(sql: string, bindings: Record<string, string | null>): Promise<Row[]> {
    try {
      const { rows } = await this.#knex.raw<{ rows: Row[] }>(sql, bindings);
      return rows;
    } catch (cause) {
      throw new PunchoutError('STORE_UNAVAILABLE', undefined, { cause });
    }
  }
}
