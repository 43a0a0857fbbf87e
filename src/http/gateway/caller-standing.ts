import type { Request, Response } from 'express';
import type { CredentialName, OciParameterNames } from '../../ports/access/connection-repository.js';
import { peekCxmlNames, peekOciNames } from '../../protocols/peek-names.js';
import type { StandingOf } from '../body/read-body.js';

/** The API key of `Authorization: Bearer …` (PunchOut Session API). */
export function bearerKey(req: Request): string | undefined {
  return /^Bearer +([\x21-\x7e]+)$/i.exec(req.get('authorization') ?? '')?.[1];
}

interface Deps {
  /** True if a Bearer key is valid. */
  holdsKey: (key: string, req: Request) => Promise<boolean>;
  /** True if one of the names is registered. */
  isKnown: (names: readonly CredentialName[]) => Promise<boolean>;
  parameterNames: () => Promise<OciParameterNames[]>;
  findSession: (req: Request, res: Response) => Promise<unknown>;
}

/** How far callers of the gateway are identified before their whole body is read, for each kind of body. */
export function callerStanding({
  holdsKey,
  isKnown,
  parameterNames,
  findSession,
}: Deps): Record<'document' | 'form' | 'cart', StandingOf> {
  const withKey = async (req: Request): Promise<boolean> => {
    const key = bearerKey(req);
    return key !== undefined && (await holdsKey(key, req));
  };
  return {
    async document(req, _res, start) {
      if (await withKey(req)) return 'proven';
      const names = peekCxmlNames(start, req.get('content-type') ?? '');
      return (await isKnown(names.map((name) => ({ kind: 'cxml', ...name })))) ? 'named' : 'stranger';
    },
    async form(req, _res, start) {
      const names = peekOciNames(
        start,
        req.originalUrl.split('?').slice(1).join('?'),
        await parameterNames(),
        req.get('content-type'),
      );
      return (await isKnown(names.map((name) => ({ kind: 'oci', ...name })))) ? 'named' : 'stranger';
    },
    async cart(req, res) {
      return (await withKey(req)) || (await findSession(req, res)) !== undefined ? 'proven' : 'stranger';
    },
  };
}
