import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Seals secrets that must be opened again (T29): AES-256-GCM under keys derived from the installation's secrets. */
export interface SecretBox {
  /** `v1.keyId.iv.tag.text`, base64url. `owner` is authenticated: the text opens for no other owner. */
  seal(text: string, owner: string): string;
  /** Undefined: sealed for another owner, under a key that is gone, or damaged. `stale`: sealed under an older key. */
  open(sealed: string, owner: string): { text: string; stale: boolean } | undefined;
}

const IV_BYTES = 12;

/** The first of `secrets` seals, all of them open. */
export function secretBox(secrets: readonly string[]): SecretBox {
  const keys = secrets.map((secret) => {
    const key = Buffer.from(hkdfSync('sha256', secret, '', 'headless-punchout sealed secrets', 32));
    return { key, id: createHash('sha256').update(key).digest('base64url').slice(0, 8) };
  });
  const [newest] = keys;
  if (newest === undefined) throw new Error('A secret box needs a secret.');

  return {
    seal(text, owner) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest.key, iv).setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [
        'v1',
        newest.id,
        iv.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
        sealed.toString('base64url'),
      ].join('.');
    },
    open(sealed, owner) {
      const [version, id, iv = '', tag = '', text = ''] = sealed.split('.');
      const found = version === 'v1' ? keys.find((key) => key.id === id) : undefined;
      if (found === undefined) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', found.key, Buffer.from(iv, 'base64url')).setAAD(
          Buffer.from(owner),
        );
        decipher.setAuthTag(Buffer.from(tag, 'base64url'));
        const opened = Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString(
          'utf8',
        );
        return { text: opened, stale: found !== newest };
      } catch {
        return undefined;
      }
    },
  };
}
