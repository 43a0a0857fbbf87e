import { Command } from 'commander';
import { CURRENCY_CODE } from '../domain/currency.js';
import { TENANT_ID } from '../domain/tenant.js';
import type { CommandContext } from './command-context.js';

export function tenantCommand({ directory, print }: CommandContext): Command {
  const command = new Command('tenant').description('shop owners; everything else belongs to one');
  command
    .command('add <tenant>')
    .description('add a tenant, or change it (lower case letters and digits, 3 to 16)')
    .requiredOption('--name <name>', 'name for people')
    .option('--frontend-origin <origin...>', 'origins of shop frontends that talk JSON to us from elsewhere', [])
    .option('--currency <code>', 'currency of the figures that name none (ISO 4217); EUR when absent')
    .action(async (tenantId: string, { name, frontendOrigin, currency }: { name: string; frontendOrigin: string[]; currency?: string }) => {
      if (!TENANT_ID.test(tenantId)) throw new Error(`"${tenantId}" is no tenant id: ${TENANT_ID.source}`);
      const strange = frontendOrigin.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
      if (strange !== undefined) throw new Error(`"${strange}" is no origin: give scheme and host only, e.g. https://shop.example.com`);
      if (currency !== undefined && !CURRENCY_CODE.test(currency)) throw new Error(`--currency: three capital letters, e.g. EUR`);
      await directory(({ tenants }) => tenants.save({ tenantId, name, settings: { frontendOrigins: frontendOrigin, ...(currency === undefined ? {} : { currency }) } }));
      print(`Tenant ${tenantId} is in place. Next: punchout connection add ${tenantId} <id> --help`);
    });
  command
    .command('list')
    .description('list all tenants')
    .action(async () => {
      for (const { tenantId, name } of await directory(({ tenants }) => tenants.list())) print(`${tenantId.padEnd(18)}${name}`);
    });
  return command;
}
