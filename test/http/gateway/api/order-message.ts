import { readFileSync } from 'node:fs';

const SOURCE = readFileSync('test/fixtures/source-002-order-message.xml', 'utf8');

/** Source 002's cXML order message, with what a test wants to be different. */
export function orderMessage({ buyerCookie = 'BUYER_COOKIE_123' }: { buyerCookie?: string } = {}): string {
  return SOURCE.replace('BUYER_COOKIE_123', buyerCookie);
}

/** Source 002's OCI transfer, as a form's body. */
export const OCI_TRANSFER = readFileSync('test/fixtures/source-002-oci-transfer.txt', 'utf8')
  .trim()
  .split(/\s*\n\s*/)
  .join('&');
