import type { Database } from './database.js';

const KEEP = { name: 'installation-key-keep', text: 'insert into installation_key (secret) values ($1) on conflict do nothing' };
const READ = { name: 'installation-key-read', text: 'select secret from installation_key' };

/** The secret of this installation: `proposal` if it is the first, else the one that was kept. */
export async function installationKey({ query }: Database, proposal: string): Promise<string> {
  await query(KEEP, [proposal]);
  const [row] = await query<{ secret: string }>(READ, []);
  return row?.secret ?? proposal;
}
