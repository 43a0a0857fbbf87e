import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';

export const CLIENT = { clientId: 'console', clientSecret: 'a-client-secret-of-the-console' };

interface IdToken {
  claims: Record<string, unknown>;
  /** Default: RS256 with the published key. */
  signed?: 'with another key' | 'by HS256 with the client secret' | 'not at all';
}

/** A provider that issues any ID token: what a correct provider never does. */
export interface HostileIssuer {
  url: string;
  /** Of the next token, with the right claims given. */
  next: (right: Record<string, unknown>) => IdToken;
  /** Answers every request for a token with this status. */
  status: number | undefined;
  /** Of the authorization request that is answered. */
  nonce: string;
  /** Form fields and headers of the last request for a token. */
  asked: { fields: URLSearchParams; authorization: string | undefined } | undefined;
  close(): Promise<void>;
}

export async function hostileIssuer(): Promise<HostileIssuer> {
  const [own, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const key = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };

  async function written({ claims, signed }: IdToken): Promise<string> {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    if (signed === 'not at all') return `${part({ alg: 'none' })}.${part(claims)}.`;
    const jwt = new SignJWT(claims);
    if (signed === 'by HS256 with the client secret')
      return jwt.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(CLIENT.clientSecret));
    const { privateKey } = signed === undefined ? own : other;
    return jwt.setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey);
  }

  const server = createServer((req, res) => {
    const send = (status: number, body: object): void => {
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const path = (req.url ?? '').split('?')[0];
      if (path === '/.well-known/openid-configuration')
        send(200, {
          issuer: issuer.url,
          authorization_endpoint: `${issuer.url}/auth`,
          token_endpoint: `${issuer.url}/token`,
          jwks_uri: `${issuer.url}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      else if (path === '/jwks') send(200, { keys: [key] });
      else if (path === '/token') {
        const fields = new URLSearchParams(Buffer.concat(chunks).toString());
        issuer.asked = { fields, authorization: req.headers.authorization };
        if (issuer.status !== undefined) {
          send(issuer.status, { error: 'invalid_grant' });
          return;
        }
        const now = Math.floor(Date.now() / 1000);
        const right = {
          iss: issuer.url,
          sub: 'one',
          aud: CLIENT.clientId,
          exp: now + 300,
          iat: now,
          nonce: issuer.nonce,
          email: 'viewer@demo.test',
          email_verified: true,
        };
        void written(issuer.next(right)).then((token) =>
          send(200, { access_token: 'a', token_type: 'Bearer', id_token: token }),
        );
      } else send(404, {});
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const issuer: HostileIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (claims) => ({ claims }),
    status: undefined,
    nonce: '',
    asked: undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}
