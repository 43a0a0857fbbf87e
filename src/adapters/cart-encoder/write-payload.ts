import { randomBytes } from 'node:crypto';
import { profileFor } from '../../config/profiles/find-profile.js';
import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { newPayloadId } from '../../protocols/cxml/write/new-payload-id.js';
import { withLosses } from '../../protocols/preflight/loss-findings.js';
import { encodeCxmlCart } from './encode-cxml-cart.js';
import { encodeRepostCart } from './encode-repost-cart.js';
import { encodeOciCart } from './encode-oci-cart.js';
import type { PreparedCart } from './prepare-cart.js';

/** Picks the codec by the transmission's protocol; findings travel with the payload into the database. `host` is that of payloadIDs. */
export function writePayload({ transmission, connection, unchanged, categoryNumbers }: ConnectorTransferEvent, { cart, findings }: PreparedCart, host: string): Outcome<TransferPayload> {
  const now = new Date();
  const payloadId = newPayloadId(host, now, randomBytes(9).toString('base64url'));
  const event = { transmission, connection, cart, ...(unchanged === true ? { unchanged } : {}), ...(categoryNumbers === undefined ? {} : { categoryNumbers }) };
  const written = { cxml: encodeCxmlCart, oci: encodeOciCart, repost: encodeRepostCart }[transmission.protocol](event, payloadId, now);
  if (!written.ok) return written;
  const { protocol } = transmission;
  const { notCarried = [] } = written.value;
  const platform = protocol === 'repost' ? protocol : profileFor(connection.settings, protocol).preflight.platform;
  const all = notCarried.length === 0 ? findings : withLosses(findings, notCarried, platform);
  return all.length > 0 ? accept({ ...written.value, findings: all }) : written;
}
