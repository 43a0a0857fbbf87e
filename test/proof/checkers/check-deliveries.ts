import { createHash } from 'node:crypto';
import type { FaultySubscriber } from '../subscribers/faulty-subscriber.js';
import type { Finding } from './finding.js';

/**
 * P3: every event arrives, first arrivals in the order of revisions, always with the same bytes, one request at a time.
 */
export function checkDeliveries(
  subscriber: FaultySubscriber,
  stream: readonly { revision: string; document: string }[],
): Finding[] {
  const { url, firsts, bodies, mostAtOnce } = subscriber;
  const findings: Finding[] = [];
  const missing = stream.filter(({ revision }) => !bodies.has(Number(revision)));
  if (missing.length > 0)
    findings.push({
      kind: 'lost',
      subject: url,
      text: `${missing.length} events never came, the first is revision ${missing[0]?.revision}`,
    });
  const disorder = firsts.findIndex((revision, index) => index > 0 && revision < (firsts[index - 1] ?? 0));
  if (disorder >= 0)
    findings.push({
      kind: 'wrong',
      subject: url,
      text: `revision ${firsts[disorder]} came for the first time after ${firsts[disorder - 1]}`,
    });
  for (const { revision, document } of stream) {
    const seen = bodies.get(Number(revision));
    const stored = createHash('sha256').update(document).digest('base64');
    if (seen !== undefined && (seen.size !== 1 || !seen.has(stored)))
      findings.push({ kind: 'wrong', subject: url, text: `revision ${revision} came with ${seen.size} contents` });
  }
  const unknown = firsts.filter((revision) => revision < 1 || revision > stream.length);
  if (unknown.length > 0)
    findings.push({ kind: 'wrong', subject: url, text: `revision ${unknown[0]} is in no stream` });
  if (mostAtOnce > 2) findings.push({ kind: 'wrong', subject: url, text: `${mostAtOnce} requests at the same time` });
  return findings;
}
