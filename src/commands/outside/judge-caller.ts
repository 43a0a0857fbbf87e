import { isInNetworks, isPrivate } from '../../http/callers/network-list.js';
import type { Finding } from './finding.js';

interface SeenCaller {
  /** The address from which the server has taken our request to come. */
  seen: string;
  /** Addresses of this machine. */
  own: readonly string[];
  /** Addresses of the host in PUBLIC_URL. */
  proxy: readonly string[];
  /** TRUSTED_PROXIES. */
  trusted: readonly string[];
}

const ALL_AS_ONE = 'limits and lists of allowed addresses treat all callers as one';

/** Whether the proxy tells the server who calls (X-Forwarded-For), and the server believes it (TRUSTED_PROXIES). */
export function callerFinding({ seen, own, proxy, trusted }: SeenCaller): Finding {
  const subject = 'X-Forwarded-For';
  if (isInNetworks(seen, own)) return { subject: `${subject}: the server saw this machine's own address, ${seen}` };
  if (isInNetworks(seen, trusted))
    return {
      subject,
      fault: `the server saw ${seen}, one of TRUSTED_PROXIES, and not who called it: ${ALL_AS_ONE}`,
      cure:
        "let the proxy send the caller's address in X-Forwarded-For (nginx: proxy_set_header X-Forwarded-For " +
        '$proxy_add_x_forwarded_for). If it does, TRUSTED_PROXIES also covers callers: name the proxy alone',
    };
  const isProxy = isInNetworks(seen, proxy);
  if (isProxy || (isPrivate(seen) && !proxy.every(isPrivate)))
    return {
      subject,
      fault:
        `the server saw ${seen}, ${isProxy ? 'the address of PUBLIC_URL itself' : 'a private address'}, ` +
        `and not who called it: ${ALL_AS_ONE}`,
      cure: `add the proxy to TRUSTED_PROXIES, ${seen} or its network, and let it send X-Forwarded-For`,
    };
  return { subject: `${subject}: the server saw ${seen}, which should be the address by which this machine goes out` };
}
