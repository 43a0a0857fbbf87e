import ipaddr from 'ipaddr.js';
import type { RequestHandler } from 'express';

type Network = ReturnType<typeof ipaddr.parseCIDR>;

const parsed = new WeakMap<readonly string[], Network[]>();

/**
 * True if the address is in the list or in one of its networks. Addresses are compared by value: `::ffff:192.0.2.1` is
 * 192.0.2.1 (T36).
 */
export function isInNetworks(address: string | undefined, networks: readonly string[]): boolean {
  const literal = address?.split('%')[0] ?? '';
  if (!ipaddr.isValid(literal)) return false;
  const plain = ipaddr.process(literal);
  let list = parsed.get(networks);
  if (list === undefined) parsed.set(networks, (list = networks.map(networkOf)));
  return list.some(([network, bits]) => network.kind() === plain.kind() && plain.match(network, bits));
}

/** The address by which requests are counted. One IPv6 subscriber has a whole /64. */
export function countedAddress(address: string | undefined): string {
  const literal = address?.split('%')[0] ?? '';
  if (!ipaddr.isValid(literal)) return 'unknown';
  const plain = ipaddr.process(literal);
  return plain instanceof ipaddr.IPv6
    ? `${plain.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::/64`
    : plain.toString();
}

const PRIVATE = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat']);

/** True for an address of this machine or of a private network. */
export function isPrivate(address: string | undefined): boolean {
  const literal = address?.split('%')[0] ?? '';
  return ipaddr.isValid(literal) && PRIVATE.has(ipaddr.process(literal).range());
}

function networkOf(text: string): Network {
  const [address = '', bits] = text.split('/');
  const network = ipaddr.parse(address);
  if (network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress())
    return [network.toIPv4Address(), Math.max(0, Number(bits ?? 128) - 96)];
  return [network, bits === undefined ? (network.kind() === 'ipv4' ? 32 : 128) : Number(bits)];
}

/** Passes only requests for our own paths to the router. For all pages of the shop this costs one comparison. */
export function ownAddresses(prefixes: readonly string[], router: RequestHandler): RequestHandler {
  const ours = new RegExp(`^(?:${prefixes.map((prefix) => prefix.replaceAll('.', '\\.')).join('|')})(?:[/?]|$)`, 'i');
  return (req, res, next) => {
    if (ours.test(req.url)) return router(req, res, next);
    next();
  };
}
