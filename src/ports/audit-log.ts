/** For what happens before there is a transmission; everything else is audited by the statement that does it. */
export interface AuditLog {
  note(entry: { tenantId: string; event: string; actor: string; details: Record<string, string> }): Promise<void>;
}
