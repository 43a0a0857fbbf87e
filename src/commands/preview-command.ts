import { Command } from 'commander';
import { writePayload, prepareCart } from '../adapters/cart-encoder/cart-encoder.js';
import { readCart } from '../config/read-cart.js';
import type { Cart } from '../domain/cart/cart.js';
import type { Connection } from '../domain/access/connection.js';
import type { ConnectorTransferEvent } from '../domain/transmission/connector-event.js';
import type { PreflightFinding, TransferPayload } from '../domain/transmission/transfer-payload.js';
import { checkCxmlDocument } from '../protocols/cxml/check/check-document.js';
import { checkOciCartForm } from '../protocols/oci/read/check-cart-form.js';
import { readRepostForm } from '../protocols/repost/read-repost-form.js';
import type { CommandContext } from './open-directory.js';
import { sampleCart, sampleTransmission } from './sample-cart.js';

/**
 * Shows the document that a connection gets for a sample cart, or for a cart from a file, with the pre-flight findings.
 * Exit code 1 on errors.
 */
export function previewCommand({ directory, print, readText }: CommandContext): Command {
  return new Command('preview')
    .argument('<tenant>')
    .argument('<connection>')
    .description(
      'print the document that a sample cart would give, and the pre-flight findings; exit code 1 when there are ' +
        'errors',
    )
    .option('--cart <file>', 'JSON of a cart (src/domain/cart/cart.ts) in place of the sample; - for standard input')
    .action(async (tenantId: string, connectionId: string, { cart: file }: { cart?: string }) => {
      const connection = await directory(({ connections }) => connections.find(tenantId, connectionId));
      if (connection === undefined) throw new Error(`There is no connection ${tenantId}/${connectionId}.`);
      const cart = file === undefined ? sampleCart(connection.settings.currency) : await cartFrom(readText, file);
      if (!preview({ connection, cart, transmission: sampleTransmission(connection) }, print)) process.exitCode = 1;
    });
}

async function cartFrom(readText: CommandContext['readText'], file: string): Promise<Cart> {
  const read = readCart(JSON.parse(await readText(file)));
  if (!read.ok) throw new Error(`The cart is not valid: ${read.refusal.reason}`);
  return read.value;
}

/** Prints document and findings; false if one of them is an error. */
function preview(event: ConnectorTransferEvent, print: CommandContext['print']): boolean {
  const prepared = prepareCart(event);
  const written = prepared.ok ? writePayload(event, prepared.value, 'preview.invalid') : prepared;
  if (written.ok) for (const text of documentOf(written.value)) print(text);
  const findings: PreflightFinding[] = [];
  if (written.ok) findings.push(...(written.value.findings ?? []), ...checked(written.value, event.connection));
  else
    findings.push(...(prepared.ok ? prepared.value.findings : []), {
      severity: 'error',
      field: '',
      message: written.refusal.reason ?? written.refusal.code,
      platform: 'writer',
    });

  print('');
  if (findings.length === 0) print('No findings.');
  for (const { severity, line, sku, field, message, platform } of findings) {
    const place = [
      ...(line === undefined ? [] : [`line ${line}`]),
      ...(sku === undefined ? [] : [sku]),
      ...(field === '' ? [] : [field]),
    ].join(', ');
    print(`${severity.padEnd(8)}${platform}: ${place === '' ? '' : `${place}: `}${message}`);
  }
  return findings.every(({ severity }) => severity !== 'error');
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
