import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A self-signed certificate for these host names, made with openssl, valid for one day. */
export async function certificateFor(
  hosts: readonly string[],
  directory: string,
): Promise<{ key: Buffer; cert: Buffer }> {
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '1',
    '-subj',
    '/CN=journeys',
    '-addext',
    `subjectAltName=${names}`,
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  return { key: await readFile(key), cert: await readFile(cert) };
}
