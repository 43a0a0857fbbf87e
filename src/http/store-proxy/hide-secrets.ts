import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

/**
 * What stands for a secret of the store where an answer shows one: of the same length, so that lengths keep, and its own for each secret,
 * so that a frontend that takes it for a token shares it with nobody.
 */
export function standInFor(secret: string): string {
  return createHash('sha256')
    .update(`stand-in ${secret}`)
    .digest('hex')
    .repeat(Math.ceil(secret.length / 64))
    .slice(0, secret.length);
}

/** Replaces secrets (ASCII) in bytes that flow by, also where one is cut in two by a chunk's end. Holds back as much as the longest has. */
export function hideSecrets(secrets: readonly string[]): Transform {
  const pairs = secrets
    .filter((secret) => secret !== '')
    .map((secret): [secret: string, standIn: string] => [secret, standInFor(secret)]);
  const held = Math.max(0, ...pairs.map(([secret]) => secret.length - 1));
  let rest = '';
  const hidden = (text: string): string =>
    pairs.reduce((changed, [secret, standIn]) => changed.replaceAll(secret, () => standIn), text);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = hidden(rest + chunk.toString('latin1'));
      const end = Math.max(0, text.length - held);
      rest = text.slice(end);
      done(null, Buffer.from(text.slice(0, end), 'latin1'));
    },
    flush(done) {
      done(null, Buffer.from(rest, 'latin1'));
    },
  });
}
