import type { Started } from '../../../usecases/punchout/start-punchout.js';
import { sessionStatusOf } from '../../../domain/transmission/transmission.js';

/** A fresh session in the words of source 002. */
export function startedView({ transmission, startPath }: Started, publicUrl: string): object {
  return {
    session_id: transmission.transmissionId,
    status: sessionStatusOf(transmission.status),
    protocol: transmission.protocol,
    start_url: publicUrl + startPath,
    created_at: transmission.createdAt.toISOString(),
    expires_at: transmission.expiresAt.toISOString(),
  };
}
