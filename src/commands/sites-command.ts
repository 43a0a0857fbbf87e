import { Command } from 'commander';
import { siteFault } from '../config/site-fault.js';
import { siteManagement } from '../usecases/manage/sites.js';
import { assertTenant, atOnce, valueOf } from './at-once.js';
import { BY } from './connection-access-commands.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, printList } from './print-list.js';

interface SiteOptions {
  name: string;
  country: string;
  currency: string;
  moreCurrencies: string;
  languages: string;
  default?: true;
}

export function sitesCommand(context: CommandContext): Command {
  const { directory, print } = context;
  const sites = siteManagement({ atomically: atOnce(context), siteFault });
  const command = new Command('sites').description('where a tenant sells: home country, currencies, languages');
  command
    .command('add <tenant> <code>')
    .description('add a site, or change it; the first one is the default')
    .requiredOption('--name <name>', 'name for people')
    .requiredOption('--country <code>', 'of the home base (ISO 3166-1, two letters)')
    .requiredOption('--currency <code>', "the site's own (ISO 4217)")
    .option('--more-currencies <codes>', 'additional currencies, e.g. CHF,USD', '')
    .option('--languages <tags>', 'e.g. de,en; default: any', '')
    .option('--default', 'use it for sessions without a site')
    .action(async (tenantId: string, siteCode: string, options: SiteOptions) => {
      await directory((opened) => assertTenant(opened, tenantId));
      const wish = {
        siteCode,
        name: options.name,
        country: options.country,
        currency: options.currency,
        moreCurrencies: listOf(options.moreCurrencies),
        languages: listOf(options.languages),
        isDefault: options.default ?? false,
      };
      valueOf(await sites.save({ tenantId, by: BY }, wish));
      print(`Site ${siteCode} is in place.`);
    });
  command
    .command('list <tenant>')
    .description('list the sites of a tenant')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, { json }: { json?: boolean }) => {
      const rows = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return opened.sites.list(tenantId);
      });
      printList(print, {
        rows,
        json,
        none: `${tenantId} has no site yet. Next: punchout sites add ${tenantId} <code> --help`,
        columns: [
          ['SITE', ({ siteCode }) => siteCode],
          ['COUNTRY', ({ country }) => country],
          ['CURRENCIES', ({ currencies }) => currencies.join(',')],
          ['LANGUAGES', ({ languages }) => languages.join(',') || 'any'],
          ['DEFAULT', ({ isDefault }) => (isDefault ? 'default' : '-')],
          ['NAME', ({ name }) => name],
        ],
      });
    });
  command
    .command('remove <tenant> <code>')
    .description('remove a site; contexts that name it keep the name')
    .action(async (tenantId: string, siteCode: string) => {
      valueOf(await sites.remove({ tenantId, by: BY }, siteCode));
      print(`Site ${siteCode} is removed.`);
    });
  return command;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
