import { Command } from 'commander';
import type { AuditVerdict } from '../ports/audit-log.js';
import type { CommandContext } from './open-directory.js';

/** `punchout audit verify <tenant>` (T64). */
export function auditCommand({ directory, print }: CommandContext): Command {
  const command = new Command('audit').description('the audit trail of a tenant');
  command
    .command('verify')
    .description('check that the audit rows of a tenant are unchanged')
    .argument('<tenant>')
    .option('--anchor <number:hash>', "an 'audit chain' entry of the process log to check against")
    .action(async (tenantId: string, { anchor }: { anchor?: string }) => {
      const wanted = anchor === undefined ? undefined : anchorOf(anchor);
      const { verdict, stands } = await directory(async ({ tenants, auditChain }) => {
        if ((await tenants.find(tenantId)) === undefined) throw new Error(`There is no tenant ${tenantId}.`);
        return {
          verdict: await auditChain.verify(tenantId),
          stands: wanted === undefined ? undefined : await auditChain.hashAt(tenantId, wanted.auditId),
        };
      });
      for (const { auditId, transmissionId, what } of verdict.faults)
        print(`Row ${auditId}${transmissionId === '' ? '' : ` (session ${transmissionId})`} is ${what}.`);
      if (wanted !== undefined && stands !== wanted.hash)
        throw new Error(
          stands === undefined
            ? `Row ${wanted.auditId} of the anchor is missing.`
            : `Row ${wanted.auditId} or an earlier one has changed since the anchor.`,
        );
      if (verdict.faults.length > 0) throw new Error('The audit trail was changed.');
      print(summaryOf(verdict));
    });
  return command;
}

function summaryOf({ linked, firstId, head, waiting }: AuditVerdict): string {
  const later = waiting === 0 ? '' : ` ${waiting} later rows are not linked yet: the worker links them after a minute.`;
  return head === undefined
    ? `No row is linked yet.${later}`
    : `${linked} rows from ${firstId ?? head.auditId} on are unchanged. ` +
        `Their anchor is ${head.auditId}:${head.hash}.${later}`;
}

function anchorOf(text: string): { auditId: string; hash: string } {
  const [, auditId, hash] = /^(\d{1,18}):([\da-f]{64})$/.exec(text) ?? [];
  if (auditId === undefined || hash === undefined)
    throw new Error(`"${text}" is no anchor: write <number>:<hash>, as the log has them in audit and hash.`);
  return { auditId, hash };
}

/** `punchout export <tenant> <email>` (T63). */
export function exportCommand({ directory, print }: CommandContext): Command {
  return new Command('export')
    .description('print the stored data of a person as JSON: sessions, carts, messages, purchase orders')
    .argument('<tenant>')
    .argument('<email>', 'e-mail address of the person in the procurement system')
    .action(async (tenantId: string, email: string) => {
      const found = await directory(async ({ tenants, personalData }) => {
        if ((await tenants.find(tenantId)) === undefined) throw new Error(`There is no tenant ${tenantId}.`);
        return personalData.ofPerson(tenantId, emailOf(email));
      });
      print(JSON.stringify(found, null, 2));
    });
}

/** `punchout erase <tenant> <email>` (T63). */
export function eraseCommand({ directory, print }: CommandContext): Command {
  return new Command('erase')
    .description(
      "remove a person from a tenant's ended sessions: call-up, documents and cart; figures, audit and orders stay",
    )
    .argument('<tenant>')
    .argument('<email>', 'e-mail address of the person in the procurement system')
    .action(async (tenantId: string, email: string) => {
      const { sessions, documents, live } = await directory(async ({ tenants, personalData }) => {
        if ((await tenants.find(tenantId)) === undefined) throw new Error(`There is no tenant ${tenantId}.`);
        return personalData.erase(tenantId, emailOf(email));
      });
      print(`Erased: ${sessions} sessions, ${documents} documents.`);
      if (live > 0) print(`${live} sessions have not ended and were skipped: cancel them, then erase again.`);
    });
}

/** Throws unless the text is an e-mail address. */
function emailOf(text: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new Error(`"${text}" is no e-mail address.`);
  return text;
}
