import type { Connection } from '../../domain/access/connection.js';
import { type Outcome, accept } from '../../domain/error-codes.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import type { MiddlewareKeys } from '../../ports/access/middleware-keys.js';

/**
 * Source 004's example form shows the api_key to the buyer's browser: only for a connection that says so (DESIGN decision 14), and only in
 * what is shown; the stored payload never has it.
 */
export function addApiKey({
  keys,
}: {
  keys: Pick<MiddlewareKeys, 'recoverable'>;
}): (connection: Connection, shown: Outcome<TransferPayload>) => Promise<Outcome<TransferPayload>> {
  return async ({ tenantId, connectionId, settings }, shown) => {
    if (!shown.ok || shown.value.kind !== 'repost' || settings.repost?.sendApiKey !== true) return shown;
    const key = await keys.recoverable(tenantId, connectionId);
    return key === undefined
      ? shown
      : accept({ ...shown.value, fields: [{ name: 'api_key', value: key }, ...shown.value.fields] });
  };
}
