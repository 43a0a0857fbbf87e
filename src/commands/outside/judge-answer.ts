import type { SeenAnswer } from '../../adapters/outbound-http/outside-probe.js';
import type { Finding } from './finding.js';

/** Programs repeat the request as GET, without its document. */
const EATS_DOCUMENT = new Set([301, 302, 303]);
const KEEPS_DOCUMENT = new Set([307, 308]);

/** Whether a document that a buyer posts to this address reaches the server. The server refuses ours, of course. */
export function answerFinding(answer: SeenAnswer): Finding {
  const { url, status } = answer;
  const subject = `POST ${url}`;
  if (isRedirect(status)) return { subject, ...redirectFault(answer) };
  if (isOurs(answer)) return { subject: `${subject}: reaches the server` };
  return { subject, fault: `${status} from something before the server`, cure: cureOf(status) };
}

/** The same for http, where nothing should take a document at all. */
export function plainFinding(answer: SeenAnswer): Finding {
  const { url, status, headers } = answer;
  const subject = `POST ${url}`;
  if (isRedirect(status))
    return {
      subject:
        `${subject}: ${status} to ${String(headers['location'])}. A buyer's system that has the http address loses ` +
        'its documents there, so give out the https address only',
    };
  if (isOurs(answer))
    return {
      subject,
      fault: 'the server takes documents over http, so secrets of buyers can be read on their way',
      cure: 'let the proxy answer http with a redirect to https, or close its port 80',
    };
  return { subject: `${subject}: ${status}, no document is taken over http` };
}

export function isRedirect(status: number): boolean {
  return EATS_DOCUMENT.has(status) || KEEPS_DOCUMENT.has(status);
}

/** Every answer of ours has a reference, and a refused cXML document is answered in cXML. */
function isOurs({ headers, body }: SeenAnswer): boolean {
  return headers['x-request-id'] !== undefined || /<cXML\b/.test(body);
}

function redirectFault({ url, status, headers }: SeenAnswer): Required<Pick<Finding, 'fault' | 'cure'>> {
  const location = String(headers['location'] ?? '');
  const loss = EATS_DOCUMENT.has(status)
    ? 'callers follow it by GET, and the document is lost'
    : "many buyers' systems do not follow it";
  if (!URL.canParse(location, url))
    return { fault: `${status} to no address: ${loss}`, cure: 'find the redirect in the settings of the proxy' };
  const [from, to] = [new URL(url), new URL(location, url)];
  return { fault: `${status} to ${to.origin}${to.pathname}: ${loss}`, cure: redirectCure(from, to) };
}

function redirectCure(from: URL, to: URL): string {
  if (to.href === from.href)
    return (
      'it leads back to itself: something behind the proxy takes the request for http. Let the proxy set ' +
      'X-Forwarded-Proto, or end the redirect to https behind it'
    );
  if (from.hostname !== to.hostname)
    return from.pathname === to.pathname
      ? `set PUBLIC_URL to the address that buyers end at (${to.host}) and give it out; or end the redirect`
      : `let ${from.pathname} pass without it: a buyer's system cannot sign in at ${to.host}`;
  if (from.pathname === to.pathname && (from.protocol !== to.protocol || from.port !== to.port))
    return `set PUBLIC_URL to the address that buyers end at (${to.origin}) and give it out; or end the redirect`;
  if (withoutSlash(from) === withoutSlash(to))
    return "switch the proxy's rule for slashes at the end off for the server's addresses";
  return `let ${from.pathname} pass without it, for example without a page for sign-in or language`;
}

function withoutSlash({ pathname }: URL): string {
  return pathname.replace(/\/$/, '');
}

function cureOf(status: number): string {
  if (status === 404 || status === 405 || status < 300)
    return 'let the proxy pass this address on to the server; if it does so below a path, PUBLIC_URL must have it';
  if (status === 401 || status === 403 || status === 429)
    return "let buyers' systems through: a firewall, a sign-in or a limit before the server refuses them";
  if (status === 413 || status === 415) return "let the proxy pass documents of any type, and of the server's size";
  if (status >= 500) return 'see that the server runs, and that the proxy has its address and port';
  return 'find what answers here before the server, and let this address pass';
}

/** Clocks that are set by NTP differ by less than one. */
const MOST_SECONDS = 10;

/** Compares the times in an answer with this machine's clock. */
export function clockFindings({ headers, body, sentAt, receivedAt }: SeenAnswer): Finding[] {
  const date = headers['date'];
  // Its root has the first one.
  const timestamp = /\stimestamp="([^"]{1,40})"/.exec(body)?.[1];
  const told: [name: string, text: string | undefined][] = [
    ['clock of the proxy (Date)', typeof date === 'string' ? date : undefined],
    ['clock of the server (timestamp of its cXML)', timestamp],
  ];
  return told.map(([name, text]) => {
    const at = text === undefined ? Number.NaN : Date.parse(text);
    if (Number.isNaN(at)) return { subject: `${name}: not told` };
    const seconds = secondsOff(at, sentAt.getTime(), receivedAt.getTime());
    if (Math.abs(seconds) <= MOST_SECONDS) return { subject: `${name}: like that of this machine` };
    return {
      subject: name,
      fault: `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} that of this machine`,
      cure:
        'set both clocks by NTP (`timedatectl` shows whether that works). With a wrong clock certificates seem to ' +
        'have expired, signed calls are refused, and documents have a wrong time',
    };
  });
}

/** How far `at`, in whole seconds, is outside of the time between request and answer; ahead is positive. */
function secondsOff(at: number, sentAt: number, receivedAt: number): number {
  if (at > receivedAt) return Math.round((at - receivedAt) / 1000);
  if (at + 1000 < sentAt) return -Math.round((sentAt - at) / 1000);
  return 0;
}
