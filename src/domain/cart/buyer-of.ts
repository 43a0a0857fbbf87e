import type { BuyerPerson, SetupRequest } from '../transmission/setup-request.js';

/** The person behind a call-up as source 002 shows him: who gave no e-mail address is known by his identity (DESIGN section 6). */
export function buyerOf({ buyer, parties }: Pick<SetupRequest, 'buyer' | 'parties'>): BuyerPerson {
  const email = buyer.email ?? parties?.from[0]?.identity ?? buyer.userId;
  return email === undefined ? buyer : { ...buyer, email };
}
