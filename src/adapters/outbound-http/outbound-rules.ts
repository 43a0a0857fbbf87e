import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Allows https to public addresses, http to the demo's own machine while the demo is on, and the networks that the
 * operator adds.
 */
export function outboundRules(
  demo: boolean,
  { networks = [], http = false }: Partial<OutboundRules> = {},
): OutboundRules {
  return { http: http || demo, networks: demo ? [...LOOPBACK_NETWORKS, ...networks] : networks };
}

/** All addresses of a name. */
export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Lookup for a connection: resolves once, checks the addresses and connects to the checked ones, so DNS rebinding gains
 * nothing (T49). One forbidden address rejects the whole name.
 */
export function guardedLookup(rules: OutboundRules, resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) return done(error, '', 4);
      if (first === undefined || addresses.some(({ address }) => !mayConnect(address, rules)))
        return done(new Error(`${hostname} leads to an address that is not allowed`), '', 4);
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}

type Address = ReturnType<typeof ipaddr.parse>;
type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** Where requests to foreign addresses may go, in addition to the public internet. */
export interface OutboundRules {
  /** Allows http in addition to https. */
  http: boolean;
  /** Networks of the operator, `10.0.0.0/8`. */
  networks: readonly string[];
}

type OutboundUrlFault =
  'malformed' | 'too_long' | 'not_https' | 'has_credentials' | 'has_fragment' | 'port_refused' | 'not_public';

export const LOOPBACK_NETWORKS: readonly string[] = ['127.0.0.0/8', '::1/128'];

const MAX_LENGTH = 2048;
/** Printable ASCII without blank, quotes, angle brackets and backslash, as for return addresses. */
const URL_CHARACTERS = /^[!#-;=?-[\]^_`a-z{|}~]+$/i;
/** Names that never lead to the public internet (RFC 6761, 6762, 8375, 9476), whatever a resolver answers. */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|home\.arpa|alt|test|invalid|onion)\.?$/i;

/** Checks the URL text (T49, architecture.md decision 13); host names are resolved and checked when connecting. */
export function outboundUrlFault(url: string, rules: OutboundRules): OutboundUrlFault | undefined {
  if (url.length > MAX_LENGTH) return 'too_long';
  if (!URL_CHARACTERS.test(url) || !/^https?:\/\/[^/?#]/i.test(url) || !URL.canParse(url)) return 'malformed';
  const { protocol, hostname, port, username, password } = new URL(url);
  if (username !== '' || password !== '' || /^https?:\/\/[^/?#]*@/i.test(url)) return 'has_credentials';
  if (url.includes('#')) return 'has_fragment';
  if (protocol === 'http:' && !rules.http) return 'not_https';
  if (port !== '' && Number(port) < 1024 && port !== '80' && port !== '443') return 'port_refused';
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal)) return mayConnect(literal, rules) ? undefined : 'not_public';
  // Names with one label or in a private domain are allowed only where the operator has listed networks.
  const isPrivate = PRIVATE_NAME.test(hostname) || !hostname.replace(/\.$/, '').includes('.');
  return isPrivate && rules.networks.length === 0 ? 'not_public' : undefined;
}

/** Whether a connection to a resolved address is allowed. */
function mayConnect(address: string, { networks }: Pick<OutboundRules, 'networks'>): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = plainAddress(ipaddr.parse(address));
  return isPublic(parsed) || networksOf(networks).some((network) => isIn(parsed, network));
}

/** Each list is parsed once: the operator's list does not change while the process runs. */
function networksOf(networks: readonly string[]): Network[] {
  let read = READ.get(networks);
  if (read === undefined) READ.set(networks, (read = networks.map((network) => ipaddr.parseCIDR(network))));
  return read;
}

const READ = new WeakMap<readonly string[], Network[]>();
/** The allocated part of IPv6. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

function isPublic(address: Address): boolean {
  // Addresses that embed an IPv4 address (6to4, Teredo, NAT64) are not "unicast".
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || isIn(address, GLOBAL_UNICAST));
}

function isIn(address: Address, [base, bits]: Network): boolean {
  return base.kind() === address.kind() && address.match([base, bits]);
}

/** ::ffff:127.0.0.1 is 127.0.0.1. */
function plainAddress(address: Address): Address {
  return 'isIPv4MappedAddress' in address && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}
