import { Command } from 'commander';
import { tenantSettings } from '../config/tenant-settings.js';
import { TENANT_ID, tenantName } from '../domain/access/tenant.js';
import { assertTenant } from './at-once.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, printList } from './print-list.js';

export function tenantCommand({ directory, print, readText }: CommandContext): Command {
  const command = new Command('tenant').description('shop owners; everything else belongs to one');
  command
    .command('add <tenant>')
    .description('add a tenant, or change it (lower case letters and digits, 3 to 16)')
    .requiredOption('--name <name>', 'name for people')
    .option('--frontend-origin <origin...>', 'origins of shop frontends on other hosts', [])
    .option(
      '--settings <file>',
      'JSON document with the settings (src/config/tenant-settings.ts), connectionDefaults among them; - for ' +
        'standard input',
    )
    .option('--currency <code>', 'default currency of the figures (ISO 4217), else EUR')
    .action(
      async (
        tenantId: string,
        {
          name,
          frontendOrigin,
          currency,
          settings,
        }: { name: string; frontendOrigin: string[]; currency?: string; settings?: string },
      ) => {
        if (!TENANT_ID.test(tenantId)) throw new Error(`"${tenantId}" is no tenant id: ${TENANT_ID.source}`);
        const named = tenantName(name);
        if (!named.ok) throw new Error(named.refusal.reason);
        const document =
          settings === undefined ? {} : (JSON.parse(await readText(settings)) as Record<string, unknown>);
        const checked = tenantSettings({
          ...document,
          // What is named on the command line replaces what the file says.
          ...(frontendOrigin.length === 0 ? {} : { frontendOrigins: frontendOrigin }),
          ...(currency === undefined ? {} : { currency }),
        });
        if (!checked.ok) throw new Error(`The settings are not valid: ${checked.refusal.reason}`);
        await directory(async ({ tenants }) => {
          // Customer keys have their own command, so they are kept.
          const { customerKeys } = (await tenants.find(tenantId))?.settings ?? {};
          await tenants.save({
            tenantId,
            name: named.value,
            settings: { customerKeys, ...checked.value },
          });
        });
        print(`Tenant ${tenantId} is in place. Next: punchout connection add ${tenantId} <id> --help`);
      },
    );
  command
    .command('frontends <tenant>')
    .description('show or change the origins of frontends on other hosts')
    .option('--add <origin...>', 'origins to add', [])
    .option('--remove <origin...>', 'origins to remove', [])
    .action(async (tenantId: string, { add, remove }: { add: string[]; remove: string[] }) => {
      assertOrigins(add);
      const origins = await directory(async ({ tenants }) => {
        const tenant = await tenants.find(tenantId);
        if (tenant === undefined)
          throw new Error(`There is no tenant ${tenantId}. Next: punchout tenant add ${tenantId} --name "…"`);
        const frontendOrigins = [...new Set([...tenant.settings.frontendOrigins, ...add])].filter(
          (origin) => !remove.includes(origin),
        );
        if (add.length + remove.length > 0)
          await tenants.save({ ...tenant, settings: { ...tenant.settings, frontendOrigins } });
        return frontendOrigins;
      });
      for (const origin of origins) print(origin);
      if (origins.length === 0) print(`No frontend of ${tenantId} is on another origin.`);
    });
  command
    .command('show <tenant>')
    .description('print the settings of a tenant')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, { json }: { json?: boolean }) => {
      const tenant = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return opened.tenants.find(tenantId);
      });
      if (json === true) print(JSON.stringify(tenant, null, 2));
      else {
        print(`${tenantId}  ${tenant?.name ?? ''}`);
        print(`settings  ${JSON.stringify(tenant?.settings, null, 2)}`);
      }
    });
  command
    .command('list')
    .description('list all tenants')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      printList(print, {
        rows: await directory(({ tenants }) => tenants.list()),
        json,
        none: 'There is no tenant yet. Next: punchout tenant add <id> --name "…"',
        columns: [
          ['TENANT', ({ tenantId }) => tenantId],
          ['NAME', ({ name }) => name],
        ],
      });
    });
  return command;
}

/** Exactly as browsers write them in `Origin`. */
function assertOrigins(origins: readonly string[]): void {
  const strange = origins.find(
    (origin) => !URL.canParse(origin) || new URL(origin).origin !== origin || !/^https?:/.test(origin),
  );
  if (strange !== undefined)
    throw new Error(`"${strange}" is no origin: give scheme and host only, e.g. https://shop.example.com`);
}
