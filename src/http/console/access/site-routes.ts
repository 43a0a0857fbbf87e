import type { RequestHandler } from 'express';
import { sitesPage } from '../../../console/pages/access/sites-page.js';
import type { Site } from '../../../domain/context/session-context.js';
import { accept, refuse } from '../../../domain/error-codes.js';
import type { Sites } from '../../../ports/context.js';
import type { SiteManagement } from '../../../usecases/manage/sites.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard } from '../guard.js';
import { accessChange, doneIn, draftOf } from './access-change.js';

export interface SiteDeps {
  pages: ConsolePages;
  sites: Pick<Sites, 'list'>;
  siteManagement: SiteManagement;
}

/** Sites of a tenant; they hold no secret, so their changes ask for no proof. */
export function siteRoutes(
  { pages, sites, siteManagement }: SiteDeps,
  guard: Guard,
): Record<'show' | 'save' | 'remove', RequestHandler> {
  const change = accessChange<never>({
    guard,
    back: `${pages.base}/access/sites`,
    async show(visit, { outcome, isDraft = false }, status = 200) {
      const { res, frame, used } = visit;
      const list = await sites.list(used.operator.tenantId);
      const draft = isDraft ? draftOf(visit) : {};
      const more = outcome === undefined ? {} : { outcome };
      pages.send(res, frame, sitesPage(frame, { sites: list, draft, ...more }), status);
    },
  });

  return {
    show: guard('read_keys', async (visit) => {
      const { req, res, frame, used } = visit;
      const list = await sites.list(used.operator.tenantId);
      const edited = list.find(({ siteCode }) => siteCode === req.query['site']);
      const draft = edited === undefined ? {} : typed(edited);
      pages.send(res, frame, sitesPage(frame, { sites: list, draft, ...doneIn(visit) }));
    }),
    save: change(async ({ form }, of) => {
      const text = (field: string): string => (form.get(field) ?? '').trim();
      const name = text('name');
      if (name === '' || name.length > 100) return refuse('INVALID_REQUEST', 'A name has 1 to 100 characters.');
      const [currency = '', ...moreCurrencies] = wordsIn(text('currencies'));
      const saved = await siteManagement.save(of, {
        siteCode: text('site_code'),
        name,
        country: text('country').toUpperCase(),
        currency,
        moreCurrencies,
        languages: wordsIn(text('languages')),
        isDefault: text('is_default') === 'yes',
      });
      return saved.ok ? accept(undefined) : saved;
    }),
    remove: change(async ({ req }, of) => {
      const removed = await siteManagement.remove(of, String(req.params['siteCode']));
      return removed.ok ? accept(undefined) : removed;
    }),
  };
}

function typed({ siteCode, name, country, currencies, languages }: Site): Record<string, string> {
  return {
    site_code: siteCode,
    name,
    country,
    currencies: currencies.join(', '),
    languages: languages.join(', '),
  };
}

function wordsIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}
