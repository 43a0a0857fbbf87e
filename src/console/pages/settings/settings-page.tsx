import { PageShell, type PageFrame } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { SettingsForm, type SettingsFormView } from '../settings-form/settings-form.js';
import { TEXTS } from './texts.js';

export interface SettingsView extends SettingsFormView {
  connectionId: string;
  name: string;
}

/** All settings of a connection. */
export function settingsPage(frame: PageFrame, view: SettingsView): string {
  const texts = TEXTS[frame.language];
  const { mayChange, name } = view;
  const connection = `${frame.base}/connections/${encodeURIComponent(view.connectionId)}`;
  return renderPage(
    <PageShell frame={frame} title={texts.title(name)} current="connections" isWide>
      <h1>{texts.title(name)}</h1>
      <p class="sub">{texts.sub}</p>
      <nav class="parts" aria-label={name}>
        <a href={connection}>{texts.connection}</a>
        {mayChange ? <a href={`${connection}/mapping`}>{texts.mapping}</a> : null}
      </nav>
      <SettingsForm frame={frame} view={view} own={`${connection}/settings`} words={texts} hint={texts.tryFirst} />
    </PageShell>,
  );
}
