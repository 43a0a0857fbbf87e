import { networkInterfaces } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { OutsideProbe, SeenAnswer } from '../../adapters/outbound-http/outside-probe.js';
import type { ServerSettings } from '../../config/environment.js';
import { isPrivate } from '../../http/callers/network-list.js';
import { INSTALLATION } from '../../ports/transmission/message-log.js';
import { cxmlTimestamp } from '../../protocols/cxml/write/document-start.js';
import { writeSetupRequest } from '../../protocols/cxml/write/write-setup-request.js';
import { withDirectory } from '../open-directory.js';
import type { Finding } from './finding.js';
import { answerFinding, clockFindings, isRedirect, plainFinding } from './judge-answer.js';
import { callerFinding } from './judge-caller.js';
import { certificateFindings } from './judge-certificate.js';

export interface OutsideLook {
  publicUrl: string;
  probe: OutsideProbe;
  /** TRUSTED_PROXIES. */
  trusted: readonly string[];
  /** The address that the server has noted for a refused request. Absent: there is no way to know. */
  callerOf?: ((reference: string) => Promise<string | undefined>) | undefined;
  /** Where the host answers http. Default: port 80, if https has its usual port. */
  plainUrl?: string | undefined;
}

/** Nobody has these credentials, so the server refuses the call-up. */
const NOBODY = { domain: 'NetworkId', identity: 'punchout-doctor' };
const CXML_PATH = '/v1/punchout/setup';
const OCI_PATH = '/v1/punchout/oci/setup';

/** Looks at the installation as its buyers' systems see it: from the name in PUBLIC_URL to the answer of the server. */
export async function* outsideFindings(look: OutsideLook): AsyncGenerator<Finding> {
  const { publicUrl, probe } = look;
  const url = new URL(publicUrl);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = await tried(probe.addressesOf(host));
  if ('fault' in found) {
    yield {
      subject: `DNS of ${host}`,
      fault: found.fault,
      cure: `let the DNS of ${host} have an A record (and AAAA) with the address of the proxy, or correct PUBLIC_URL`,
    };
    return;
  }
  const addresses = found.value.map(({ address }) => address);
  yield { subject: `DNS: ${host} is ${addresses.join(', ')}${whoReaches(addresses)}` };
  if (url.protocol === 'https:') {
    let reached = 0;
    for (const { address, family } of found.value) {
      const shaken = await tried(probe.handshake(host, Number(url.port || 443), address));
      if ('value' in shaken) {
        reached += 1;
        yield* certificateFindings(host, address, shaken.value, new Date());
      } else if (family === 6 && NO_IPV6.test(shaken.fault)) {
        yield { subject: `TLS at ${address}: not checked, since this machine has no IPv6` };
      } else {
        yield {
          subject: `TLS at ${address}`,
          fault: shaken.fault,
          cure: 'see that the proxy speaks TLS there, that firewalls let callers through, and that DNS is right',
        };
      }
    }
    if (reached === 0) return;
  } else {
    yield {
      subject: 'PUBLIC_URL',
      fault: 'it is not https, so secrets can be read on their way, and no session lives in a frame of another site',
      cure: 'put a proxy with TLS before the server, and set PUBLIC_URL to its https address',
    };
  }
  yield* answersFindings(look, addresses);
  const plainUrl = look.plainUrl ?? (url.protocol === 'https:' && url.port === '' ? `http://${url.host}` : undefined);
  if (plainUrl === undefined) return;
  const plain = await tried(postCallUp(probe, plainUrl + url.pathname.replace(/\/$/, '')));
  yield 'value' in plain ? plainFinding(plain.value) : { subject: `POST ${plainUrl}: nobody answers http` };
}

async function* answersFindings(look: OutsideLook, proxy: readonly string[]): AsyncGenerator<Finding> {
  const { publicUrl, probe } = look;
  const calls: [path: string, call: () => Promise<SeenAnswer>][] = [
    [CXML_PATH, () => postCallUp(probe, publicUrl)],
    [
      OCI_PATH,
      () => probe.post(publicUrl + OCI_PATH, 'application/x-www-form-urlencoded', `USERNAME=${NOBODY.identity}`),
    ],
  ];
  const answers: SeenAnswer[] = [];
  for (const [path, call] of calls) {
    const answered = await tried(call());
    if ('value' in answered) {
      answers.push(answered.value);
      yield answerFinding(answered.value);
    } else {
      yield { subject: `POST ${publicUrl}${path}`, fault: answered.fault, cure: 'see that the proxy runs' };
    }
  }
  const [callUp] = answers;
  if (callUp === undefined) return;
  yield* clockFindings(callUp);
  if (!isRedirect(callUp.status)) yield await callerSeen(look, callUp, proxy);
}

async function callerSeen(
  { trusted, callerOf }: OutsideLook,
  { headers }: SeenAnswer,
  proxy: readonly string[],
): Promise<Finding> {
  const unknown = (why: string): Finding => ({ subject: `X-Forwarded-For: not checked, since ${why}` });
  if (callerOf === undefined)
    return unknown('the message log of the server is not read (DATABASE_URL is not set here)');
  const reference = headers['x-request-id'];
  if (typeof reference !== 'string') return unknown('no answer of the server came, or the proxy removes X-Request-Id');
  const seen = await tried(callerOf(reference));
  if ('fault' in seen) return unknown(`the message log cannot be read: ${seen.fault}`);
  if (seen.value === undefined) return unknown('the request is not in the message log of this database');
  // A loopback address would be that of a proxy on the server's machine.
  const interfaces = Object.values(networkInterfaces()).flatMap((entries = []) => entries);
  const own = interfaces.filter(({ internal }) => !internal).map(({ address }) => address);
  return callerFinding({ seen: seen.value, own, proxy, trusted });
}

/** The message log writes within a second. */
const LOOKS = 20;
const EVERY_MS = 250;

/** Reads the caller's address from the message log; undefined for an embedded database, which the server holds. */
export function callerInLog(settings: ServerSettings): OutsideLook['callerOf'] {
  if (!('url' in settings.database)) return undefined;
  return (reference) =>
    withDirectory(settings, async ({ tenants, storedMessages }) => {
      const owners = [INSTALLATION, ...(await tenants.list()).map(({ tenantId }) => tenantId)];
      for (let look = 0; look < LOOKS; look += 1) {
        for (const owner of owners) {
          const { messages } = await storedMessages.list(owner, { reference, refused: true }, { limit: 1 });
          const address = messages[0]?.address;
          if (address !== undefined) return address;
        }
        await pause(EVERY_MS);
      }
      return undefined;
    });
}

function postCallUp(probe: OutsideProbe, base: string): Promise<SeenAnswer> {
  const at = new Date();
  const document = writeSetupRequest({
    payloadId: `${at.getTime()}.punchout-doctor@${new URL(base).hostname}`,
    timestamp: cxmlTimestamp(at),
    from: NOBODY,
    to: NOBODY,
    sharedSecret: 'none',
    userAgent: 'punchout doctor',
    buyerCookie: 'punchout-doctor',
    returnUrl: 'https://punchout-doctor.invalid/',
    email: 'punchout-doctor@example.com',
    name: 'punchout doctor',
  });
  return probe.post(base + CXML_PATH, 'text/xml; charset=UTF-8', document);
}

function whoReaches(addresses: readonly string[]): string {
  return addresses.every(isPrivate)
    ? ', which only machines of the same network reach: look from outside of it too'
    : '';
}

const NO_IPV6 = /ENETUNREACH|EADDRNOTAVAIL|EHOSTUNREACH|EAFNOSUPPORT/;

async function tried<T>(act: Promise<T>): Promise<{ value: T } | { fault: string }> {
  try {
    return { value: await act };
  } catch (error) {
    return { fault: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const said = error.message === '' && 'code' in error ? String(error.code) : error.message;
  return error.cause instanceof Error ? `${said}: ${error.cause.message}` : said;
}
