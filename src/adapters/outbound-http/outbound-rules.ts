import { LOOPBACK_NETWORKS, type OutboundRules } from './public-address.js';

/** Https to public addresses; the demo's own machine over http while it is switched on; and what the operator adds. */
export function outboundRules(
  demo: boolean,
  { networks = [], http = false }: Partial<OutboundRules> = {},
): OutboundRules {
  return { http: http || demo, networks: demo ? [...LOOPBACK_NETWORKS, ...networks] : networks };
}
