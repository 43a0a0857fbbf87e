import type { SeenTls } from '../../adapters/outbound-http/outside-probe.js';
import type { Finding } from './finding.js';

/** From then on the certificate's renewal is late: authorities of 90 days renew 30 days before the end. */
const RENEWAL_IS_LATE_DAYS = 14;
const DAY_MS = 86_400_000;
const WHOLE_CHAIN =
  'let the proxy send the whole chain: its own certificate, then each intermediate one (with an ACME client the file ' +
  'fullchain.pem, not cert.pem)';
const PUBLIC_AUTHORITY =
  "take a certificate of a public authority, for example Let's Encrypt. If all buyers' systems trust an authority of " +
  'your own, name its file in NODE_EXTRA_CA_CERTS for this command';

/** What buyers' systems make of the certificate that `host` has shown at one address. */
export function certificateFindings(host: string, address: string, seen: SeenTls, now: Date): Finding[] {
  const subject = `TLS at ${address}`;
  const findings: Finding[] = [];
  if (seen.chainFault !== undefined) findings.push({ subject, ...chainFault(seen.chainFault, seen) });
  if (seen.wrongName)
    findings.push({
      subject,
      fault: `the certificate is for ${listed(seen.names)}, and not for ${host}`,
      cure: `get a certificate with the name ${host}, and let the proxy choose it for callers who ask for it (SNI)`,
    });
  if (findings.length > 0) return findings;
  const days = Math.floor((seen.validTo.getTime() - now.getTime()) / DAY_MS);
  const until = `certificate of ${seen.issuer} until ${dayOf(seen.validTo)}`;
  const late = days < RENEWAL_IS_LATE_DAYS ? `, but that is in ${days} days: see that its renewal works` : '';
  return [{ subject: `${subject}: ${seen.version}, ${until}${late}` }];
}

function chainFault(code: string, { issuer, names, validFrom, validTo }: SeenTls): Pick<Finding, 'fault' | 'cure'> {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return {
        fault: `a certificate of the chain has expired; that of ${listed(names)} was valid until ${dayOf(validTo)}`,
        cure: 'renew it, reload the proxy, and see that the renewal runs by itself',
      };
    case 'CERT_NOT_YET_VALID':
      return {
        fault: `a certificate of the chain is not valid yet; that of ${listed(names)} is from ${dayOf(validFrom)} on`,
        cure: 'check the clock of this machine, and the day for which the certificate was made',
      };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return { fault: 'the certificate is signed by itself, so no other system trusts it', cure: PUBLIC_AUTHORITY };
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return {
        fault:
          `only the server's own certificate came, and its issuer ${issuer} is not among the known authorities: the ` +
          "intermediate certificate is missing. Browsers often find it by themselves, buyers' systems do not",
        cure: `${WHOLE_CHAIN}. If ${issuer} is an authority of your own: ${PUBLIC_AUTHORITY}`,
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return {
        fault: `the chain of the certificate of ${issuer} leads to no authority that is known here`,
        cure: `${PUBLIC_AUTHORITY}. If the authority is public, ${WHOLE_CHAIN}`,
      };
    case 'CERT_REVOKED':
      return { fault: 'the certificate was revoked', cure: 'get a new one with a new key' };
    default:
      return { fault: `the certificate is not accepted (${code})`, cure: PUBLIC_AUTHORITY };
  }
}

function listed(names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined) return 'no name';
  return others.length > 4 ? `${first} and ${others.length} others` : names.join(', ');
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
