import type { NameValue, OciCallUp } from '../../../domain/transmission/setup-request.js';
import { frameTarget } from './frame-target.js';

/**
 * The fields that old (ITS) buyers need back (OCI.md 3, 8.7): each when it came in, all of them when the connection says always.
 * `~OkCode` and `~CALLER` are SAP's constants whatever the call-up held, since an OkCode is a command to the buyer's transaction;
 * `~TARGET` only as a frame name (SECURITY T18, T19).
 */
export function passThroughFields(oci: OciCallUp | undefined, always: boolean): NameValue[] {
  const fields: NameValue[] = [];
  if (always || oci?.okCode !== undefined) fields.push({ name: '~OkCode', value: 'ADDI' });
  if (always || oci?.target !== undefined)
    fields.push({ name: '~TARGET', value: frameTarget(oci?.target ?? oci?.returnTarget ?? '_top') });
  if (always || oci?.caller !== undefined) fields.push({ name: '~CALLER', value: 'CTLG' });
  return fields;
}
