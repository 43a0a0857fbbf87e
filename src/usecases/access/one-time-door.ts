import { digestOf, newSecret } from '../../domain/digest.js';

interface OperatorKey {
  tenantId: string;
  operatorId: string;
}

/** A link that signs in once, for the demo on this machine. */
export interface OneTimeDoor {
  /** The token of a new link; the one before is void. */
  issue(operator: OperatorKey): string;
  /** Whom the token signs in. The token is used up. */
  redeem(token: string): OperatorKey | undefined;
}

/** Holds one link at a time, in this process only. */
export function oneTimeDoor(): OneTimeDoor {
  let open: { digest: string; operator: OperatorKey } | undefined;
  return {
    issue(operator) {
      const token = newSecret();
      open = { digest: digestOf(token), operator };
      return token;
    },
    redeem(token) {
      if (open?.digest !== digestOf(token)) return undefined;
      const { operator } = open;
      open = undefined;
      return operator;
    },
  };
}
