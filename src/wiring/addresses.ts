import type { Parts } from './parts.js';

/** What return addresses are judged by. */
export function addressesOf({ options }: Pick<Parts, 'options'>): { demoEnabled: boolean; publicUrl: string } {
  return { demoEnabled: options.demo ?? false, publicUrl: new URL(options.publicUrl).origin };
}
