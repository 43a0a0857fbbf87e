import { digestOf } from '../../../domain/digest.js';
import type { AuditChain, AuditFault, AuditVerdict, ChainHead, AuditLog } from '../../../ports/audit-log.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';
import { AUDIT_KEPT_SINCE } from './personal-data.js';

/** Longer than any of our statements may run: a row older than this cannot get an earlier neighbour any more. */
const OLD_ENOUGH = `now() - interval '1 minute'`;
/** All columns of a row as text in a stable format. */
const CONTENT = `json_build_array(a.tenant_id, a.audit_id, a.transmission_id, a.from_status, a.to_status, a.event,
  a.actor, a.details, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text`;

const NEXT: NamedStatement = {
  name: 'audit-chain-next',
  text: `
    with waiting as (
      select t.tenant_id, coalesce(c.audit_id, 0) as head_id, coalesce(encode(c.hash, 'hex'), '') as head
      from tenant t left join audit_chain c using (tenant_id)
        cross join lateral (select a.at from audit a where a.tenant_id = t.tenant_id
          and a.audit_id > coalesce(c.audit_id, 0) order by a.audit_id limit 1) as first
      where first.at < ${OLD_ENOUGH} order by first.at limit 1
    )
    select w.tenant_id, w.head_id::text as head_id, w.head, r.audit_id::text as audit_id, r.content,
      r.at < ${OLD_ENOUGH} as old_enough
    from waiting w cross join lateral (
      select a.audit_id, a.at, ${CONTENT} as content from audit a
      where a.tenant_id = w.tenant_id and a.audit_id > w.head_id order by a.audit_id limit $1
    ) as r order by r.audit_id`,
};

/**
 * Does nothing where another process was first. The link of the old head is deleted where its audit row is gone
 * (personal-data.ts).
 */
const LINK: NamedStatement = {
  name: 'audit-chain-link',
  text: `
    with moved as (
      insert into audit_chain as c (tenant_id, audit_id, hash) values ($1, $4::bigint, decode($5, 'hex'))
      on conflict (tenant_id) do update set audit_id = excluded.audit_id, hash = excluded.hash
        where c.audit_id = $2::bigint and encode(c.hash, 'hex') = $3
      returning 1
    ), spent as (
      delete from audit_link l where l.tenant_id = $1 and l.audit_id = $2::bigint and exists (select from moved)
        and not exists (select from audit a where a.tenant_id = $1 and a.audit_id = $2::bigint)
    )
    insert into audit_link (tenant_id, audit_id, previous, hash)
    select $1, l.id, decode(l.previous, 'hex'), decode(l.hash, 'hex')
      from json_to_recordset($6::json) as l (id bigint, previous text, hash text) where exists (select from moved)`,
};

const HEAD: NamedStatement = {
  name: 'audit-chain-head',
  text: `select audit_id::text as audit_id, encode(hash, 'hex') as hash from audit_chain where tenant_id = $1`,
};
const AT: NamedStatement = {
  name: 'audit-chain-at',
  text: `select encode(hash, 'hex') as hash from audit_link where tenant_id = $1 and audit_id = $2::bigint`,
};

const PAGE_ROWS = 2_000;
/** Rows and links from the same place on; a row or link beyond the end of the other list is left to the next page. */
const PAGE: NamedStatement = {
  name: 'audit-chain-page',
  text: `
    with a as materialized (
      select a.audit_id, a.transmission_id, ${CONTENT} as content, a.at from audit a
      where a.tenant_id = $1 and a.audit_id > $2::bigint order by a.audit_id limit ${PAGE_ROWS}
    ), l as materialized (
      select audit_id, previous, hash from audit_link
      where tenant_id = $1 and audit_id > $2::bigint order by audit_id limit ${PAGE_ROWS}
    ), bound as (
      select least((select max(audit_id) from a having count(*) = ${PAGE_ROWS}),
        (select max(audit_id) from l having count(*) = ${PAGE_ROWS})) as id
    )
    select coalesce(a.audit_id, l.audit_id)::text as audit_id, a.transmission_id, a.content,
      encode(l.previous, 'hex') as previous, encode(l.hash, 'hex') as hash, a.at < ${AUDIT_KEPT_SINCE} as leaving,
      bound.id is not null as more
    from (a full join l on a.audit_id = l.audit_id) cross join bound
    where bound.id is null or coalesce(a.audit_id, l.audit_id) <= bound.id
    order by coalesce(a.audit_id, l.audit_id)`,
};

interface NextRow {
  tenant_id: string;
  head_id: string;
  head: string;
  audit_id: string;
  content: string;
  old_enough: boolean;
}

interface PageRow {
  audit_id: string;
  transmission_id: string | null;
  content: string | null;
  previous: string | null;
  hash: string | null;
  leaving: boolean | null;
  more: boolean;
}

const MOST_FAULTS = 20;

export function auditChain({ query, asTenant }: Database): AuditChain {
  async function headOf(tenantId: string): Promise<ChainHead | undefined> {
    const [row] = await query<{ audit_id: string; hash: string }>(HEAD, [tenantId]);
    return row === undefined ? undefined : { tenantId, auditId: row.audit_id, hash: row.hash };
  }

  return {
    async link(limit) {
      const rows = await query<NextRow>(NEXT, [limit]);
      const [first] = rows;
      if (first === undefined) return undefined;
      const links: { id: string; previous: string; hash: string }[] = [];
      let previous = first.head;
      for (const { audit_id: id, content, old_enough: isOldEnough } of rows) {
        // A row with a later number may be old enough; it waits for the rows before it.
        if (!isOldEnough) break;
        const hash = linkHash(previous, content);
        links.push({ id, previous, hash });
        previous = hash;
      }
      const last = links.at(-1);
      if (last === undefined) return undefined;
      await query(LINK, [first.tenant_id, first.head_id, first.head, last.id, last.hash, JSON.stringify(links)]);
      return { tenantId: first.tenant_id, auditId: last.id, hash: last.hash };
    },
    async verify(tenantId) {
      // Reads the head first: rows linked meanwhile lie beyond it.
      const head = await headOf(tenantId);
      const check = new Check(head);
      let after = '0';
      for (;;) {
        const page = await asTenant(tenantId, (read) => read<PageRow>(PAGE, [tenantId, after]));
        for (const row of page) check.see(row);
        const last = page.at(-1);
        if (last?.more !== true) return check.verdict();
        after = last.audit_id;
      }
    },
    async hashAt(tenantId, auditId) {
      return (await query<{ hash: string }>(AT, [tenantId, auditId]))[0]?.hash;
    },
  };
}

function linkHash(previous: string, content: string): string {
  return digestOf(`${previous}\n${content}`);
}

/** Checks the rows and links of a tenant in order. */
class Check {
  readonly #head: ChainHead | undefined;
  readonly #faults: AuditFault[] = [];
  #linked = 0;
  #waiting = 0;
  #firstId: string | undefined;
  #last: { auditId: string; hash: string; leaving: boolean } | undefined;

  constructor(head: ChainHead | undefined) {
    this.#head = head;
  }

  see({ audit_id: auditId, transmission_id: transmission, content, previous, hash, leaving }: PageRow): void {
    const fault = (what: AuditFault['what']): void =>
      this.#fault({ auditId, transmissionId: transmission ?? '', what });
    if (BigInt(auditId) > BigInt(this.#head?.auditId ?? '0')) {
      if (content !== null) this.#waiting += 1;
      return;
    }
    if (hash === null || previous === null) {
      fault('put in later');
      return;
    }
    // The last link stays when all rows have passed their retention time.
    if (content === null && !(this.#linked === 0 && auditId === this.#head?.auditId)) fault('gone');
    else if (content !== null && linkHash(previous, content) !== hash) fault('changed');
    // Rows that have passed their retention time are deleted in any order.
    else if (this.#last !== undefined && previous !== this.#last.hash && !this.#last.leaving)
      fault('not the one that followed');
    this.#linked += 1;
    this.#firstId ??= auditId;
    this.#last = { auditId, hash, leaving: leaving === true };
  }

  verdict(): AuditVerdict {
    const head = this.#head;
    if (head !== undefined && this.#last?.auditId !== head.auditId)
      this.#fault({ auditId: head.auditId, transmissionId: '', what: 'gone' });
    else if (head !== undefined && this.#last?.hash !== head.hash)
      this.#fault({ auditId: head.auditId, transmissionId: '', what: 'changed' });
    return { linked: this.#linked, firstId: this.#firstId, head, waiting: this.#waiting, faults: this.#faults };
  }

  #fault(fault: AuditFault): void {
    if (this.#faults.length < MOST_FAULTS) this.#faults.push(fault);
  }
}

/** The empty transmission id: no transmission existed yet. */
const NOTE = {
  name: 'audit-note',
  text: `insert into audit (tenant_id, transmission_id, event, actor, details) values ($1, '', $2, $3, $4::jsonb)`,
};

export function auditLog({ query }: Database): AuditLog {
  return {
    async note({ tenantId, event, actor, details }) {
      await query(NOTE, [tenantId, event, actor, JSON.stringify(details)]);
    },
  };
}
