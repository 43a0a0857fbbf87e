import { Command } from 'commander';
import { isCountry, isCurrency } from '../config/iso-codes.js';
import { languageTag } from '../domain/transmission/setup-request.js';
import { SITE_CODE } from '../domain/context/session-context.js';
import { assertTenant } from './at-once.js';
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

export function sitesCommand({ directory, print }: CommandContext): Command {
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
      const currencies = [...new Set([options.currency, ...listOf(options.moreCurrencies)])];
      const languages = listOf(options.languages);
      if (!SITE_CODE.test(siteCode)) throw new Error(`"${siteCode}" is no site code: ${SITE_CODE.source}`);
      if (!isCountry(options.country)) throw new Error(`"${options.country}" is no country of ISO 3166-1`);
      for (const code of currencies) if (!isCurrency(code)) throw new Error(`"${code}" is no currency of ISO 4217`);
      for (const tag of languages) if (languageTag(tag) !== tag) throw new Error(`"${tag}" is no language tag`);
      await directory(async ({ tenants, sites }) => {
        await assertTenant({ tenants }, tenantId);
        await sites.save({
          tenantId,
          siteCode,
          name: options.name,
          country: options.country,
          currency: options.currency,
          currencies,
          languages,
          isDefault: options.default ?? false,
        });
      });
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
      if (!(await directory(({ sites }) => sites.remove(tenantId, siteCode))))
        throw new Error(`There is no site ${siteCode} of tenant ${tenantId}.`);
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
