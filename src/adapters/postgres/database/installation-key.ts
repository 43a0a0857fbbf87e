import { randomBytes } from 'node:crypto';
import type { Database } from './database.js';

const KEEP = {
  name: 'installation-key-keep',
  text: 'insert into installation_key (secret) values ($1) on conflict do nothing',
};
const READ = { name: 'installation-key-read', text: 'select secret from installation_key' };

export interface InstallationSecrets {
  /** Sign and seal; the first secret is used for new data. */
  secrets: readonly string[];
  /** Open sealed data: the same secrets, then the key that the installation used before it was given secrets. */
  opening: readonly string[];
}

/** The secrets `given` by the operator, else a generated key that is kept in the database. */
export async function installationSecrets(
  database: Database,
  given: readonly string[] | undefined,
): Promise<InstallationSecrets> {
  if (given === undefined) await database.query(KEEP, [randomBytes(48).toString('base64url')]);
  const [kept] = await database.query<{ secret: string }>(READ, []);
  const secrets = given ?? (kept === undefined ? [] : [kept.secret]);
  return { secrets, opening: given === undefined || kept === undefined ? secrets : [...secrets, kept.secret] };
}
