import type { Connection } from '../../domain/access/connection.js';
import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import type { PreflightFinding, TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { checkCxmlDocument } from '../../protocols/cxml/check/check-document.js';
import { checkOciCartForm } from '../../protocols/oci/read/check-cart-form.js';
import { readRepostForm } from '../../protocols/repost/read-repost-form.js';
import { prepareCart, writePayload } from './cart-encoder.js';

export interface CartPreview {
  /** The cXML document, or the form fields, one per line. Empty if the cart cannot be written. */
  document: string[];
  findings: PreflightFinding[];
}

/** The document that a cart gives, with the findings of the pre-flight and of our own checkers. Nothing is stored. */
export function previewCart(event: ConnectorTransferEvent): CartPreview {
  const prepared = prepareCart(event);
  const written = prepared.ok ? writePayload(event, prepared.value, 'preview.invalid') : prepared;
  if (written.ok)
    return {
      document: documentOf(written.value),
      findings: [...(written.value.findings ?? []), ...checked(written.value, event.connection)],
    };
  const message = written.refusal.reason ?? written.refusal.code;
  return {
    document: [],
    findings: [
      ...(prepared.ok ? prepared.value.findings : []),
      { severity: 'error', field: '', message, platform: 'writer' },
    ],
  };
}

/** The cXML document, or the form fields, one per line. */
function documentOf({ kind, action, fields }: TransferPayload): string[] {
  if (kind === 'cxml') return [cxmlText(fields)];
  return [`POST ${action}`, ...fields.map(({ name, value }) => `${name}=${value.replaceAll('\n', '\\n')}`)];
}

function cxmlText(fields: TransferPayload['fields']): string {
  const plain = fields.find(({ name }) => /urlencoded$/i.test(name))?.value;
  return (plain ?? Buffer.from(fields[0]?.value ?? '', 'base64').toString('utf8')).trimEnd();
}

/** Findings of our own checkers for the written document. */
function checked({ kind, fields }: TransferPayload, { settings }: Connection): PreflightFinding[] {
  if (kind === 'repost') {
    const read = readRepostForm(fields);
    return read.ok
      ? []
      : [
          {
            severity: 'error',
            field: '',
            message: read.refusal.reason ?? read.refusal.code,
            platform: 'repost reader',
          },
        ];
  }
  if (kind === 'oci')
    return checkOciCartForm(fields, settings.oci).map(({ severity, field, index, message }) => ({
      severity,
      field: index === undefined ? field : `${field}[${index}]`,
      message,
      platform: 'OCI checker',
    }));
  return checkCxmlDocument(cxmlText(fields), settings.cxml.version).map(
    ({ severity, line, column, element, error }) => ({
      severity,
      field: element,
      message: `${error} (document line ${line}, column ${column})`,
      platform: 'cXML checker',
    }),
  );
}
