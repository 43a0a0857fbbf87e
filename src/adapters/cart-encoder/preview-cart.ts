import type { Connection } from '../../domain/access/connection.js';
import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import type { PreflightFinding, TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { checkCxmlDocument } from '../../protocols/cxml/check/check-document.js';
import { checkOciCartForm } from '../../protocols/oci/read/check-cart-form.js';
import { elementLines } from '../../domain/element-lines.js';
import { readRepostForm } from '../../protocols/repost/read-repost-form.js';
import { redactXml } from '../../protocols/redact.js';
import { withSecretTexts } from '../../protocols/secret-texts.js';
import type { TriedCart } from '../../domain/replay/replay.js';
import { preflightRefusal, prepareCart, writePayload } from './cart-encoder.js';

export interface CartPreview {
  /** The cXML document, or the form fields, one per line. Empty if the cart cannot be written. */
  document: string[];
  findings: PreflightFinding[];
}

const PREVIEW_ID = `${Date.UTC(2026, 0, 1)}.preview@preview.invalid`;

/** The document that a cart gives, with the findings of the pre-flight and of our own checkers. Nothing is stored. */
export function previewCart(event: ConnectorTransferEvent): CartPreview {
  const { payload, findings } = written(event, PREVIEW_ID);
  return { document: payload === undefined ? [] : documentOf(payload), findings };
}

/** The same with the whole form, whose secrets are replaced, and whether the cart would be sent. */
export function tryCart(event: ConnectorTransferEvent, payloadId: string): TriedCart {
  const { payload, findings, refused } = written(event, payloadId);
  const document = payload === undefined ? [] : formLines(payload);
  return refused === undefined ? { document, findings } : { document, findings, refused };
}

interface Written {
  payload?: TransferPayload;
  findings: PreflightFinding[];
  /** Why the cart would not be sent. */
  refused?: string | undefined;
}

function written(event: ConnectorTransferEvent, payloadId: string): Written {
  const prepared = prepareCart(event);
  const encoded = prepared.ok ? writePayload(event, prepared.value, payloadId) : prepared;
  if (!encoded.ok) {
    const message = encoded.refusal.reason ?? encoded.refusal.code;
    const found = prepared.ok ? prepared.value.findings : [];
    return { findings: [...found, { severity: 'error', field: '', message, platform: 'writer' }], refused: message };
  }
  const payload = encoded.value;
  return {
    payload,
    findings: [...(payload.findings ?? []), ...checked(payload, event.connection)],
    refused: prepared.ok ? preflightRefusal(prepared.value.findings)?.refusal.reason : undefined,
  };
}

/** All that the buyer's browser would post, without secrets. */
function formLines({ kind, method, ...form }: TransferPayload): string[] {
  const { fields, target, charset } = form;
  const head = [`target: ${target}`, `charset: ${charset}`];
  const isDocument = ({ name }: NameValue): boolean => kind === 'cxml' && /-(urlencoded|base64)$/i.test(name);
  const shown = withSecretTexts(
    { action: form.action, fields: fields.filter((field) => !isDocument(field)) },
    () => '[redacted]',
  );
  const plain = [`${method.toUpperCase()} ${shown.action}`, ...head, ...shown.fields.map(fieldLine)];
  if (kind !== 'cxml') return plain;
  const document = elementLines(redactXml(cxmlText(fields)));
  return [...plain, ...fields.filter(isDocument).map(({ name }) => `${name}:`), ...document];
}

function fieldLine({ name, value }: NameValue): string {
  return `${name}=${value.replaceAll('\n', '\\n')}`;
}

/** The cXML document, or the form fields, one per line. */
function documentOf({ kind, action, fields }: TransferPayload): string[] {
  if (kind === 'cxml') return [cxmlText(fields)];
  return [`POST ${action}`, ...fields.map(fieldLine)];
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
