/** As `newSecret` of domain/digest.ts makes them: 43 characters of base64url, plain or percent-encoded. */
const TOKEN = /\/(?:[\w-]|%[\da-f]{2}){43}(?=\/|$)/gi;

/** The path of a request as logs may show it: without the query, and without tokens, such as that of a hand-over. */
export function loggedPath(address: string): string {
  const [path = ''] = address.split('?', 1);
  return path.replace(TOKEN, '/[redacted]');
}
