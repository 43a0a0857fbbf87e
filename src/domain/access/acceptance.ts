import type { Protocol } from '../transmission/protocol.js';

/** What a buyer's system must have done before its connection is accepted, in this order. */
export const ACCEPTANCE_STEPS = ['call_up', 'login', 'cart', 'order'] as const;
export type AcceptanceStep = (typeof ACCEPTANCE_STEPS)[number];

/** The newest time that each step was seen. */
export type SeenSteps = Partial<Record<AcceptanceStep, SeenStep>>;

export interface SeenStep {
  at: Date;
  transmissionId: string;
}

export interface Acceptance {
  steps: { step: AcceptanceStep; seen?: SeenStep }[];
  /** All steps were seen. */
  isAccepted: boolean;
}

/** Only cXML has purchase orders. */
export function acceptanceOf(protocol: Protocol, seen: SeenSteps): Acceptance {
  const steps = ACCEPTANCE_STEPS.filter((step) => step !== 'order' || protocol === 'cxml').map((step) => {
    const found = seen[step];
    return found === undefined ? { step } : { step, seen: found };
  });
  return { steps, isAccepted: steps.every((each) => each.seen !== undefined) };
}
