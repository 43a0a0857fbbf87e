import type { ConnectionDocument } from '../domain/access/connection.js';
import type { SettingFault } from '../domain/error-codes.js';
import type { Protocol } from '../domain/transmission/protocol.js';
import { inProduction } from './environment.js';

/** Our identity in the carts of a connection whose settings name none. */
export const PLACEHOLDER_SUPPLIER = { domain: 'NetworkId', identity: 'supplier' } as const;

/** What this process would refuse: nothing outside of production. */
export function demoOnlyFaultsHere(...settings: Parameters<typeof demoOnlyFaults>): SettingFault[] {
  return inProduction() ? demoOnlyFaults(...settings) : [];
}

/**
 * Settings that only fit a demo. Refused when they are saved in production; a server that finds saved ones starts,
 * since one tenant must not stop the others.
 */
export function demoOnlyFaults(
  { returnOrigins, cxml }: { returnOrigins: readonly string[]; cxml: Pick<ConnectionDocument['cxml'], 'supplier'> },
  protocol: Protocol,
): SettingFault[] {
  const { domain, identity } = cxml.supplier;
  const isPlaceholder = domain === PLACEHOLDER_SUPPLIER.domain && identity === PLACEHOLDER_SUPPLIER.identity;
  return [
    ...returnOrigins.flatMap((origin, index) =>
      origin.startsWith('http:')
        ? [
            {
              path: `returnOrigins.${index}`,
              message: `no cart is sent to ${origin}, because it is not https: write its https address`,
            },
          ]
        : [],
    ),
    ...(protocol === 'cxml' && isPlaceholder
      ? [
          {
            path: 'cxml.supplier',
            message:
              `${domain} "${identity}" is a placeholder: set the identity by which the buyer knows you, the To of ` +
              'its call-ups, such as { "domain": "DUNS", "identity": "123456789" }',
          },
        ]
      : []),
  ];
}
