import type { Protocol } from '../domain/transmission/protocol.js';
import { parseCxml } from './cxml/parse-cxml.js';

/**
 * Where the buyer's browser goes after a call-up: StartPage of cXML, the link of the page that answers OCI, `sso_url`
 * of a middleware. Undefined: the call-up was refused.
 */
export function readCallUpAnswer(protocol: Protocol, text: string): string | undefined {
  const url = { cxml: startPageIn, oci: linkIn, repost: ssoUrlIn }[protocol](text);
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}

function startPageIn(text: string): string | undefined {
  const parsed = parseCxml(text);
  return parsed.ok && parsed.value.kind === 'Response' ? parsed.value.response.startUrl : undefined;
}

/** The page leads to the start link by `refresh`. */
function linkIn(text: string): string | undefined {
  return /<meta http-equiv="refresh" content="\d+;\s*url=([^"]+)"/i.exec(text)?.[1]?.replaceAll('&amp;', '&');
}

function ssoUrlIn(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    const url = typeof answer === 'object' && answer !== null && 'sso_url' in answer ? answer.sso_url : undefined;
    return typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
}
