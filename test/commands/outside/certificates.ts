import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** PEM. */
export interface Chain {
  key: string;
  cert: string;
}

export interface Authority {
  root: string;
  /** By the intermediate certificate, which is in the chain unless told otherwise. */
  issue(host: string, options?: { days?: number; alone?: boolean }): Promise<Chain>;
  remove(): Promise<void>;
}

/** A root and an intermediate certificate, made with openssl. One key for all, since keys do not matter here. */
export async function authority(): Promise<Authority> {
  const directory = await mkdtemp(join(tmpdir(), 'authority-'));
  const place = (name: string): string => join(directory, name);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writeFile(place('key'), key);
  await writeFile(place('public'), publicKey.export({ type: 'spki', format: 'pem' }));

  async function make(name: string, by: string | undefined, extensions: string, days = 30): Promise<string> {
    await writeFile(place(`${name}.ext`), extensions);
    const issuer = by === undefined ? ['-key', place('key')] : ['-CA', place(by), '-CAkey', place('key')];
    const subject = ['-subj', `/CN=${name}`, '-force_pubkey', place('public')];
    const known = ['-days', String(days), '-extfile', place(`${name}.ext`), '-out', place(name)];
    await promisify(execFile)('openssl', ['x509', '-new', ...subject, ...issuer, ...known]);
    return readFile(place(name), 'utf8');
  }

  const ca = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n';
  const root = await make('root', undefined, ca);
  const intermediate = await make('intermediate', 'root', ca);
  return {
    root,
    async issue(host, { days, alone = false } = {}) {
      const own = await make(host, 'intermediate', `subjectAltName=DNS:${host}\n`, days);
      return { key, cert: alone ? own : own + intermediate };
    },
    remove: () => rm(directory, { recursive: true }),
  };
}
