import ipaddr from 'ipaddr.js';

/** An address or a network: `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`. No octal or hexadecimal spellings, which programs read differently. */
export function isNetworkText(text: string): boolean {
  if (!/^[\da-f.:]+(?:\/\d{1,3})?$/i.test(text)) return false;
  return text.includes('/') ? ipaddr.isValidCIDR(text) && isPlain(text.split('/')[0] ?? '') : isPlain(text);
}

function isPlain(address: string): boolean {
  return ipaddr.IPv6.isValid(address) || ipaddr.IPv4.isValidFourPartDecimal(address);
}
