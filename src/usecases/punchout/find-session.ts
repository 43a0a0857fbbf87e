import { digestOf } from '../../domain/digest.js';
import type { Connection } from '../../domain/access/connection.js';
import type { Transmission, TransmissionKey } from '../../domain/transmission/transmission.js';
import type { ConnectionRepository } from '../../ports/access/connection-repository.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import type { LeftSessions } from './end-session.js';

interface Deps {
  transmissions: TransmissionRepository;
  connections: ConnectionRepository;
  left: Pick<LeftSessions, 'has'>;
}

/** Proofs that a browser sends: its session's binding and its claim cookie. */
export interface BrowserProof {
  session?: TransmissionKey & { epoch: number };
  claim?: string;
}

export interface FoundSession {
  transmission: Transmission;
  connection: Connection;
  /** The browser session was lost; only the claim cookie identified it. */
  byClaim: boolean;
}

/**
 * The transmission of a browser as it is in the database, live or ended. A session of an older epoch is ignored. The
 * claim cookie replaces a lost session (architecture.md section 5). A session that its buyer has left counts as closed.
 */
export function findSession(deps: Deps): (proof: BrowserProof) => Promise<FoundSession | undefined> {
  return async ({ session, claim }) => {
    if (session !== undefined) {
      const transmission = await deps.transmissions.find(session);
      if (transmission?.status === 'active' && transmission.epoch === session.epoch && !deps.left.has(transmission))
        return withConnection(deps, transmission, false);
    }
    const claimed = claim === undefined ? undefined : await deps.transmissions.findByClaim(digestOf(claim));
    if (claimed === undefined) return undefined;
    return withConnection(deps, deps.left.has(claimed) ? { ...claimed, status: 'closed' } : claimed, true);
  };
}

async function withConnection(
  deps: Deps,
  transmission: Transmission,
  byClaim: boolean,
): Promise<FoundSession | undefined> {
  const connection = await deps.connections.find(transmission.tenantId, transmission.connectionId);
  return connection === undefined ? undefined : { transmission, connection, byClaim };
}
