import { parseCxml } from '../../protocols/cxml/parse-cxml.js';

/** StartPage/URL of a PunchOutSetupResponse; undefined if there is none, and for anything but http(s). */
export function startUrlIn(answer: string): string | undefined {
  const parsed = parseCxml(answer);
  const url = parsed.ok && parsed.value.kind === 'Response' ? parsed.value.response.startUrl : undefined;
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined;
}

/** `sso_url` of a clone answer; undefined if there is none, and for anything but http(s). */
export function ssoUrlIn(answer: string): string | undefined {
  const url = /"sso_url":\s*"(https?:\/\/[^"\\]+)"/.exec(answer)?.[1];
  return url !== undefined && URL.canParse(url) ? url : undefined;
}

/** Where the page that answers an OCI call-up leads; undefined for the page of a refusal. */
export function ociStartUrlIn(page: string): string | undefined {
  return /url=([^"]+)/.exec(page)?.[1]?.replaceAll('&#38;', '&').replaceAll('&amp;', '&');
}
