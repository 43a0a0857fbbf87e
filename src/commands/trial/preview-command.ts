import { Command } from 'commander';
import { readCart } from '../../config/read-cart.js';
import type { Connection } from '../../domain/access/connection.js';
import type { Cart } from '../../domain/cart/cart.js';
import type { ConnectorTransferEvent } from '../../domain/transmission/connector-event.js';
import { unknownConnection } from '../../usecases/manage/read-connections.js';
import { valueOf } from '../at-once.js';
import type { CommandContext } from '../open-directory.js';
import { previewCart } from '../../adapters/cart-encoder/preview-cart.js';
import { sampleCart, sampleTransmission } from '../../adapters/cart-encoder/sample-cart.js';

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
      const connection = await directory(
        async ({ connections }) =>
          (await connections.find(tenantId, connectionId)) ??
          valueOf<Connection>(await unknownConnection(connections, tenantId, connectionId)),
      );
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
  const { document, findings } = previewCart(event);
  for (const text of document) print(text);
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
