import { readXml } from '../xml/read-xml.js';

/** SECURITY T50: what a subscriber may answer at most. */
export const LAST_REVISION_MAX_BYTES = 4096;
const LIMITS = { depth: 2, attributesPerElement: 8, textLength: 1024, elements: 2 };
const REVISION = /^\d{1,18}$/;

/** `<last-revision>1</last-revision>`, and nothing else. Undefined: it is not that. */
export function readLastRevision(body: string): bigint | undefined {
  if (body === '' || body.length > LAST_REVISION_MAX_BYTES || /<!DOCTYPE/i.test(body)) return undefined;
  const read = readXml(body, LIMITS);
  if (!read.ok || read.value.name !== 'last-revision' || read.value.first !== undefined) return undefined;
  const text = read.value.text.trim();
  return REVISION.test(text) ? BigInt(text) : undefined;
}

/** What a receiver of ours answers to both a GET and a POST. */
export function writeLastRevision(revision: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<last-revision>${revision}</last-revision>`;
}
