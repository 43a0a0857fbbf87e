import type { Request } from 'express';
import type { Connection } from '../../domain/access/connection.js';
import type { Outcome } from '../../domain/error-codes.js';
import { type Admission, admitConnection } from '../callers/admission.js';

/** The connections that an api_key opens for this request, one at least. */
export type AuthenticateMiddleware = (req: Request, apiKey: string) => Promise<Outcome<[Connection, ...Connection[]]>>;

/** A key is good for what its first connection allows: from where, and how often. */
export function admittedMiddleware(
  authenticate: (apiKey: string, address?: string) => ReturnType<AuthenticateMiddleware>,
  admission: Pick<Admission, 'admit' | 'guessAddress'>,
): AuthenticateMiddleware {
  const admit = admitConnection(admission);
  return async (req, apiKey) => {
    const connections = await authenticate(apiKey, admission.guessAddress(req));
    if (!connections.ok) return connections;
    const admitted = await admit(req, connections.value[0]);
    return admitted.ok ? connections : admitted;
  };
}
