import { type LookupAddress, lookup } from 'node:dns';
import { isIP } from 'node:net';
import { type PeerCertificate, checkServerIdentity, connect } from 'node:tls';
import { promisify } from 'node:util';
import { Agent, request } from 'undici';

/** What a TLS handshake with one address of a host has shown. */
export interface SeenTls {
  /** `TLSv1.3`. */
  version: string;
  /** OpenSSL's name of what is wrong with the chain, such as `CERT_HAS_EXPIRED`. */
  chainFault?: string;
  /** The host is not among the names. */
  wrongName: boolean;
  /** DNS names and addresses of the certificate. */
  names: string[];
  issuer: string;
  validFrom: Date;
  validTo: Date;
}

/** One request and its answer; `sentAt` and `receivedAt` by the clock of this machine. */
export interface SeenAnswer {
  url: string;
  status: number;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  /** At most 64 KiB. */
  body: string;
  sentAt: Date;
  receivedAt: Date;
}

/**
 * Looks at our own server as its callers see it. Certificates are looked at and not enforced, so nothing secret may be
 * sent.
 */
export interface OutsideProbe {
  addressesOf(host: string): Promise<LookupAddress[]>;
  handshake(host: string, port: number, address: string): Promise<SeenTls>;
  /** Follows no redirect. */
  post(url: string, contentType: string, body: string): Promise<SeenAnswer>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const MOST_OF_BODY = 65_536;

/** `ca`: trusted instead of the usual authorities. */
export function outsideProbe(ca?: string | Buffer): OutsideProbe {
  const agent = new Agent({ connect: { rejectUnauthorized: false, timeout: TIMEOUT_MS } });
  const addresses = promisify(lookup);
  return {
    addressesOf: (host) =>
      isIP(host) === 0 ? addresses(host, { all: true }) : Promise.resolve([{ address: host, family: isIP(host) }]),
    handshake: (host, port, address) => handshake({ host, port, address, ca }),
    async post(url, contentType, body) {
      const sentAt = new Date();
      const answer = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': contentType, 'user-agent': 'punchout-doctor' },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const receivedAt = new Date();
      let text = '';
      for await (const chunk of answer.body.setEncoding('utf8')) {
        text += String(chunk);
        if (text.length > MOST_OF_BODY) break;
      }
      return { url, status: answer.statusCode, headers: answer.headers, body: text, sentAt, receivedAt };
    },
    close: () => agent.destroy(),
  };
}

interface Place {
  host: string;
  port: number;
  address: string;
  ca: string | Buffer | undefined;
}

function handshake({ host, port, address, ca }: Place): Promise<SeenTls> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: address,
      port,
      ca,
      // An address cannot be named by SNI.
      servername: isIP(host) === 0 ? host : '',
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      timeout: TIMEOUT_MS,
    });
    socket.once('timeout', () => socket.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate();
      const fault: unknown = socket.authorized ? undefined : socket.authorizationError;
      resolve({
        version: socket.getProtocol() ?? 'unknown',
        chainFault: fault === undefined || fault === null ? undefined : codeOf(fault),
        wrongName: checkServerIdentity(host, certificate) !== undefined,
        names: namesOf(certificate),
        issuer: [certificate.issuer.O, certificate.issuer.CN].flat().filter(Boolean).join(' '),
        validFrom: new Date(certificate.valid_from),
        validTo: new Date(certificate.valid_to),
      });
      socket.destroy();
    });
  });
}

/** Node.js declares an Error, and gives OpenSSL's name as text. */
function codeOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}

function namesOf({ subjectaltname, subject }: PeerCertificate): string[] {
  const listed = (subjectaltname ?? '')
    .split(', ')
    .flatMap((entry) => /^(?:DNS|IP Address):(.*)$/.exec(entry)?.[1] ?? []);
  return listed.length > 0 ? listed : [subject.CN].flat().filter((name) => name !== undefined);
}
