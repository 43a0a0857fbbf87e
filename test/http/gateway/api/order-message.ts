import { readFileSync } from 'node:fs';

const SOURCE = readFileSync('test/fixtures/punchflow-order-message.xml', 'utf8');

/** PunchFlow's cXML order message, with the test's changes. */
export function orderMessage({ buyerCookie = 'BUYER_COOKIE_123' }: { buyerCookie?: string } = {}): string {
  return SOURCE.replace('BUYER_COOKIE_123', buyerCookie);
}

/** PunchFlow's OCI transfer as a form body. */
export const OCI_TRANSFER = readFileSync('test/fixtures/punchflow-oci-transfer.txt', 'utf8')
  .trim()
  .split(/\s*\n\s*/)
  .join('&');
