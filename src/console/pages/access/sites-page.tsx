import type { Site } from '../../../domain/context/session-context.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ChoiceRow, FormRow } from '../../ui/form-row.js';
import { FormToken, type PageFrame } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { Table } from '../../ui/table.js';
import { AccessFrame, type AccessOutcome } from './access-frame.js';
import { ChangeButton } from './change-button.js';
import { TEXTS } from './texts.js';

export interface SitesView {
  /** The default one first. */
  sites: readonly Site[];
  outcome?: AccessOutcome;
  /** What was typed, or the site that is edited. */
  draft: Readonly<Record<string, string>>;
}

/** Sites: where a tenant sells. */
export function sitesPage(frame: PageFrame, { sites, outcome, draft }: SitesView): string {
  const texts = TEXTS[frame.language];
  const { sites: words } = texts;
  return renderPage(
    <AccessFrame frame={frame} part="sites" sub={words.sub} outcome={outcome}>
      {sites.length === 0 ? (
        <EmptyState title={words.none} text={words.noneText} />
      ) : (
        <Table
          caption={texts.parts.sites}
          columns={[
            { label: texts.columns.name },
            { label: words.country },
            { label: words.currencies },
            { label: words.languages },
            { label: texts.columns.change, isQuiet: true },
          ]}
          rows={sites.map((site) => [
            <>
              {site.name} {site.isDefault ? <Badge tone="info" text={words.default} /> : null}
              <p class="hint">
                <code>{site.siteCode}</code>
              </p>
            </>,
            site.country,
            site.currencies.join(', '),
            site.languages.join(', ') || words.any,
            <div class="actions">
              <a href={`${frame.base}/access/sites?site=${encodeURIComponent(site.siteCode)}#edit`}>
                {words.edit} <span class="unseen">{site.name}</span>
              </a>
              <ChangeButton
                frame={frame}
                action={`${frame.base}/access/sites/${encodeURIComponent(site.siteCode)}/remove`}
                id={site.siteCode}
                text={words.remove}
                label={words.removeOf(site.name)}
                tone="danger"
              />
            </div>,
          ])}
        />
      )}
      <h2 id="edit">{words.save}</h2>
      <form class="card" method="post" action={`${frame.base}/access/sites`}>
        <FormToken signedIn={frame.signedIn} />
        <FormRow name="site_code" label={words.code} value={draft['site_code']} hint={words.codeHint} required />
        <FormRow name="name" label={texts.name} value={draft['name']} required />
        <FormRow name="country" label={words.country} value={draft['country']} hint={words.countryHint} required />
        <FormRow
          name="currencies"
          label={words.currencies}
          value={draft['currencies']}
          hint={words.currenciesHint}
          required
        />
        <FormRow name="languages" label={words.languages} value={draft['languages']} hint={words.languagesHint} />
        <ChoiceRow
          name="is_default"
          label={words.isDefault}
          value={draft['is_default'] ?? 'no'}
          choices={[
            { value: 'no', label: words.no },
            { value: 'yes', label: words.yes },
          ]}
        />
        <button type="submit">{words.button}</button>
      </form>
    </AccessFrame>,
  );
}
