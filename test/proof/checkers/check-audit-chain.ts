import type { OwnDatabase } from '../stage/own-database.js';
import type { Finding } from './finding.js';

/** The definition of the chain (docs/access.md), repeated here on purpose as an independent check. */
const CHAIN = `
  with row as (
    select tenant_id, audit_id, transmission_id,
      json_build_array(tenant_id, audit_id, transmission_id, from_status, to_status, event, actor, details,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text as content
    from audit
  ), link as (
    select tenant_id, audit_id, previous, hash,
      lag(hash, 1, ''::bytea) over (partition by tenant_id order by audit_id) as before
    from audit_link
  )
  select c.tenant_id, count(*)::int as linked,
    count(*) filter (where l.audit_id is null)::int as unlinked,
    count(*) filter (where r.audit_id is null)::int as gone,
    count(*) filter (where l.previous <> l.before)::int as cut,
    count(*) filter (
      where l.hash <> sha256(convert_to(encode(l.previous, 'hex') || E'\\n' || r.content, 'UTF8'))
    )::int as changed,
    bool_or(l.audit_id = c.audit_id and l.hash = c.hash) as ends
  from (row r full join link l using (tenant_id, audit_id)) join audit_chain c using (tenant_id)
  where coalesce(r.audit_id, l.audit_id) <= c.audit_id group by c.tenant_id`;

interface ChainRow {
  tenant_id: string;
  linked: number;
  unlinked: number;
  gone: number;
  cut: number;
  changed: number;
  ends: boolean;
}

/**
 * P16: every audit row up to the head is linked to the previous one, even if processes died while rows were written and
 * linked. Rows of the last minute are not linked yet.
 */
export async function checkAuditChain(
  database: Pick<OwnDatabase, 'rows'>,
): Promise<{ findings: Finding[]; linked: number }> {
  const chains = await database.rows<ChainRow>(CHAIN);
  const findings = chains.flatMap(({ tenant_id: subject, unlinked, gone, cut, changed, ends }): Finding[] => {
    if (unlinked + gone + cut + changed === 0 && ends) return [];
    return [
      {
        kind: 'wrong',
        subject,
        text:
          `audit chain: ${unlinked} rows not linked, ${gone} gone, ${cut} links cut, ${changed} rows ` +
          `changed, ${ends ? 'head as it is' : 'another head'}`,
      },
    ];
  });
  return { findings, linked: chains.reduce((sum, chain) => sum + chain.linked, 0) };
}
