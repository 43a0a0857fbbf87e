import type { HistoryMark } from '../../../ports/transmission/session-history.js';

/** Where a list goes on, and which page that is. Opaque to callers; it opens nothing, since every read names its tenant. */
export interface ListCursor {
  page: number;
  after: HistoryMark;
}

const CURSOR = /^([1-9]\d{0,9}) (\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z) ([a-z0-9]{3,16}_[a-z2-7]{26})$/;

export function writeCursor({ page, after }: ListCursor): string {
  return Buffer.from(`${page} ${after.createdAt} ${after.transmissionId}`).toString('base64url');
}

/** Undefined for what we did not write. */
export function readCursor(text: string): ListCursor | undefined {
  const [, page, createdAt, transmissionId] = CURSOR.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (
    page === undefined ||
    createdAt === undefined ||
    transmissionId === undefined ||
    Number.isNaN(Date.parse(createdAt))
  )
    return undefined;
  return { page: Number(page), after: { createdAt, transmissionId } };
}
