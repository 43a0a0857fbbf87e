import type { Request, RequestHandler } from 'express';
import { INDEX_FORMATS, type IndexFormat, indexFileName } from '../../../domain/catalogue/catalogue-index.js';
import { refuse } from '../../../domain/error-codes.js';
import type { IndexReads } from '../../../usecases/catalogue/index-runs.js';
import { sendFile } from '../../answers/send-file.js';
import { learn } from '../../exchange-facts.js';
import type { AuthenticateKey } from '../api/api-route.js';
import { bearerKey } from '../caller-standing.js';
import { refusalAnswer, sendAnswer } from '../json-envelope.js';

export interface IndexFileDeps {
  /** By `fetchingKey`. */
  authenticateKey: AuthenticateKey;
  indexes: Pick<IndexReads, 'newest' | 'pieces'>;
  /** Of a file. */
  kindOf: (format: IndexFormat) => { contentType: string; extension: string };
}

const CHALLENGE = 'Bearer, Basic realm="indexes", charset="UTF-8"';

/** The key is a bearer token, or the password of Basic for systems that know only that; its user name is not read. */
export function fetchingKey(req: Request): string | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(req.get('authorization') ?? '') ?? [];
  if (encoded === undefined) return bearerKey(req);
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return text.includes(':') ? text.slice(text.indexOf(':') + 1) : undefined;
}

/** The buyer's system fetches the newest index of its connection. */
export function indexFileRoute({ authenticateKey, indexes, kindOf }: IndexFileDeps): RequestHandler {
  return async (req, res) => {
    const owner = await authenticateKey(req, 'index');
    if (!owner.ok) {
      sendAnswer(res, { ...refusalAnswer(req, owner.refusal), challenge: CHALLENGE });
      return;
    }
    const { tenantId, connectionId } = owner.value;
    learn(res, { connection: connectionId === undefined ? { tenantId } : { tenantId, connectionId } });
    const wanted = String(req.params['connection']);
    const { address_id: addressId } = req.query;
    const format = INDEX_FORMATS.find((each) => each === req.params['format']);
    const found =
      format === undefined
        ? refuse('RESOURCE_NOT_FOUND', `Formats are ${INDEX_FORMATS.join(', ')}.`)
        : addressId === undefined || (typeof addressId === 'string' && addressId !== '')
          ? await indexes.newest(owner.value, { connectionId: wanted, addressId, format })
          : refuse('INVALID_REQUEST', 'address_id stands once, and is an address id of ShipTo.', {
              field: 'address_id',
            });
    const owned = typeof addressId === 'string' ? addressId : undefined;
    if (!found.ok || format === undefined) {
      if (!found.ok) sendAnswer(res, refusalAnswer(req, found.refusal));
      return;
    }
    const { runId, digest, changedAt } = found.value;
    const { contentType, extension } = kindOf(format);
    await sendFile(req, res, {
      contentType,
      fileName: indexFileName({ connectionId: wanted, addressId: owned }, extension),
      version: { etag: digest, changedAt },
      pieces: indexes.pieces({ tenantId, connectionId: wanted, runId }, format, -1),
    });
  };
}
