import type { OciCharset, OciSettings } from '../../../domain/access/connection.js';
import type { SetupRequest } from '../../../domain/transmission/setup-request.js';

const CHARSETS: ReadonlyMap<string, OciCharset> = new Map<string, OciCharset>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['iso-8859-1', 'iso-8859-1'],
  ['iso8859-1', 'iso-8859-1'],
  ['iso_8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['latin-1', 'iso-8859-1'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
]);

/** Charset of the return form (OCI.md 8.1): `http_content_charset` of the call-up where we can write it, else the connection's. */
export function chooseOciCharset(request: SetupRequest, settings: Pick<OciSettings, 'charset'>): OciCharset {
  return CHARSETS.get(request.oci?.charset?.toLowerCase() ?? '') ?? settings.charset;
}
