/*
 * A provider of OpenID Connect that people sign in to by a form with any password:
 * `node provider.mjs <port> '<JSON: clientId, clientSecret, redirectUrls, accounts>'`. `accounts`: claims by the name
 * that is typed. Prints "ready", and ends with its input.
 */
import { Provider } from 'oidc-provider';

const [port, text] = process.argv.slice(2);
const { clientId, clientSecret, redirectUrls, accounts } = JSON.parse(text);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      // Redirects to loopback are then compared without their port (RFC 8252, 7.3).
      application_type: 'native',
      redirect_uris: redirectUrls,
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'tenant', 'groups'] },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...accounts[accountId] }) }),
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
