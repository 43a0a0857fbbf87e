import type { Response } from 'express';
import type { Refusal } from '../domain/error-codes.js';
import type { TransmissionKey } from '../domain/transmission/transmission.js';
import type { MeasuredStep } from '../ports/step-times.js';
import type { CredentialName } from '../ports/access/connection-repository.js';

/** Facts that a route collects about its caller. The logs read them after the answer is sent. */
export interface ExchangeFacts {
  /** Kind of document. If it is set, request and answer are stored. */
  kind?: string;
  payloadId?: string;
  connection?: { tenantId: string; connectionId?: string };
  transmission?: TransmissionKey & { connectionId?: string };
  /** The punchout of this browser. It counts where the request is about no other. */
  session?: TransmissionKey & { connectionId?: string };
  names?: readonly CredentialName[];
  /** The tenant that the address of the request names; it proves nothing. */
  claimedTenant?: string;
  /** Names of form fields that hold a secret, in addition to the usual ones. */
  secretNames?: readonly string[];
  /** The step of a punchout that the request has taken, where its kind does not say it. */
  step?: MeasuredStep;
  /** What was refused, where the address of the request does not say it: `Framing refused`. */
  place?: string;
  /** Set by the envelope that sends it, or by what answers it in another way. */
  refusal?: Refusal;
}

interface Locals {
  exchange?: ExchangeFacts;
  /** Its refusal is logged already. */
  refusalIsWatched?: boolean;
}

/** Adds to what is known of a request. A key that is present replaces what was known, so leave out what is not. */
export function learn(res: Response, facts: ExchangeFacts): void {
  const { locals } = res as { locals: Locals };
  Object.assign((locals.exchange ??= {}), facts);
}

export function factsOf(res: Response): ExchangeFacts | undefined {
  return (res as { locals: Locals }).locals.exchange;
}

/** False if another middleware of this request has called it before. */
export function watchesRefusal(res: Response): boolean {
  const { locals } = res as { locals: Locals };
  if (locals.refusalIsWatched === true) return false;
  return (locals.refusalIsWatched = true);
}
