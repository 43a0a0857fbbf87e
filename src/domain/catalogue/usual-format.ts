import type { ProfileName } from '../access/connection.js';
import type { IndexFormat } from './catalogue-index.js';

/** The format of a connection's platform. */
export function formatOf(profile: ProfileName | undefined, protocol: string): IndexFormat {
  if (profile === 'ariba') return 'cif';
  if (profile === 'jaggaer') return 'jaggaer';
  if (profile === 'oracle') return 'oracle';
  return protocol === 'oci' ? 'oci' : 'cxml';
}
