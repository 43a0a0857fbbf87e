import type { JSX } from 'preact';
import type { SettingField, SettingSource } from '../../../domain/access/setting-field.js';
import { Badge } from '../../ui/badge.js';
import { ChoiceRow, FormRow, LinesRow } from '../../ui/form-row.js';
import { Notice } from '../../ui/notice.js';
import { FormToken, type PageFrame, PageShell } from '../../ui/shell/page-shell.js';
import { renderPage } from '../../ui/shell/render-page.js';
import { ChangesTable } from '../connection/changes-table.js';
import type { ConnectionChangeLine } from '../connection/connection-view.js';
import { TEXTS } from './texts.js';

export interface SettingsView {
  connectionId: string;
  name: string;
  version: number;
  mayChange: boolean;
  fields: readonly ShownSetting[];
  /** The given settings as JSON, as saved or as entered. */
  json: string;
  jsonFault?: string | undefined;
  /** Faults that belong to no field. */
  faults: readonly string[];
  outcome?: 'done' | 'faulty' | 'lost' | undefined;
  /** What somebody else has changed meanwhile. */
  changes?: readonly ConnectionChangeLine[] | undefined;
}

export interface ShownSetting extends SettingField {
  /** As saved or as entered; empty: not set for this connection. */
  text: string;
  /** As saved when the form is shown. */
  saved: string;
  /** In force, as text. */
  inForce: string;
  source: SettingSource;
  fault?: string | undefined;
}

/** The hidden input beside a setting, with its saved value: an entry that differs from it is an edit. */
export function savedName(path: string): string {
  return `saved:${path}`;
}

type Texts = (typeof TEXTS)['en'];
type Group = keyof Texts['groups'];

/** All settings of a connection as a form, with the JSON beside it. */
export function settingsPage(frame: PageFrame, view: SettingsView): string {
  const texts = TEXTS[frame.language];
  const own = `${frame.base}/connections/${encodeURIComponent(view.connectionId)}`;
  const hidden = (
    <>
      <FormToken signedIn={frame.signedIn} />
      <input type="hidden" name="version" value={view.version} />
    </>
  );
  return renderPage(
    <PageShell frame={frame} title={texts.title(view.name)} current="connections" isWide>
      <h1>{texts.title(view.name)}</h1>
      <p class="sub">{texts.sub}</p>
      <nav class="parts" aria-label={view.name}>
        <a href={own}>{texts.connection}</a>
        {view.mayChange ? <a href={`${own}/mapping`}>{texts.mapping}</a> : null}
      </nav>
      <Outcome view={view} texts={texts} own={own} />
      {view.changes === undefined ? null : (
        <ChangesTable frame={frame} caption={texts.lostChanges} changes={view.changes} />
      )}
      <div class="bench">
        <form method="post" action={`${own}/settings`}>
          {hidden}
          <fieldset class="bare" disabled={!view.mayChange}>
            {groupsOf(view.fields).map(([group, fields]) => (
              <>
                <h2>{texts.groups[group]}</h2>
                {fields.map((field) => (
                  <Setting field={field} texts={texts} />
                ))}
              </>
            ))}
            {view.mayChange ? <button type="submit">{texts.save}</button> : null}
          </fieldset>
        </form>
        <form method="post" action={`${own}/settings/json`}>
          {hidden}
          <h2>{texts.json}</h2>
          <fieldset class="bare json" disabled={!view.mayChange}>
            <LinesRow
              name="json"
              label={texts.json}
              value={view.json}
              hint={texts.jsonHint}
              fault={view.jsonFault}
              rows={Math.min(40, Math.max(12, view.json.split('\n').length + 1))}
            />
            {view.mayChange ? (
              <button type="submit" class="quiet">
                {texts.saveJson}
              </button>
            ) : null}
          </fieldset>
          {view.mayChange ? <p class="hint after">{texts.tryFirst}</p> : <p class="hint after">{texts.readOnly}</p>}
        </form>
      </div>
    </PageShell>,
  );
}

interface OutcomeProps {
  view: SettingsView;
  texts: Texts;
  own: string;
}

function Outcome({ view: { outcome, faults }, texts, own }: OutcomeProps): JSX.Element | null {
  if (outcome === undefined) return null;
  if (outcome === 'done') return <Notice tone="good">{texts.done}</Notice>;
  return (
    <Notice tone="bad">
      <p>{outcome === 'lost' ? texts.lost : texts.faulty}</p>
      {outcome === 'lost' ? (
        <p>
          <a href={`${own}/settings`}>{texts.lostSaved}</a>
        </p>
      ) : null}
      {faults.map((fault) => (
        <p>{fault}</p>
      ))}
    </Notice>
  );
}

function Setting({ field, texts }: { field: ShownSetting; texts: Texts }): JSX.Element {
  const { path, kind, text, saved, inForce, source, fault, choices = [] } = field;
  const shown = inForce === '' ? texts.none : inForce;
  const hint = hintOf(field, texts);
  const name = path;
  const words = kind === 'yes_no' ? ['true', 'false'] : choices;
  return (
    <div class="setting">
      <input type="hidden" name={savedName(path)} value={saved} />
      {words.length > 0 ? (
        <ChoiceRow
          name={name}
          label={path}
          value={text}
          hint={hint}
          fault={fault}
          choices={[
            { value: '', label: texts.unset(wordOf(shown, texts)) },
            ...words.map((value) => ({ value, label: wordOf(value, texts) })),
          ]}
        />
      ) : kind === 'text' || kind === 'number' ? (
        <FormRow name={name} label={path} value={text} hint={hint} fault={fault} />
      ) : (
        <LinesRow name={name} label={path} value={text} hint={hint} fault={fault} rows={rowsOf(text)} />
      )}
      <p class="origin">
        <Badge tone={source === 'connection' ? 'info' : 'quiet'} text={texts.sources[source]} />{' '}
        {source === 'connection' ? null : <span class="label">{texts.inForce(wordOf(shown, texts))}</span>}
      </p>
    </div>
  );
}

/** What it means, how it is written, and its default. */
function hintOf({ path, kind, min, max, fallback, source }: ShownSetting, texts: Texts): string {
  const form = kind === 'lines' || kind === 'numbers' || kind === 'pairs' || kind === 'json' ? texts.forms[kind] : '';
  const range = min === undefined || max === undefined ? '' : texts.range(min, max);
  const text = fallback === undefined ? '' : typeof fallback === 'string' ? fallback : JSON.stringify(fallback);
  // Where the default is in force, it is told as that.
  const usual = text === '' || source === 'default' ? '' : texts.isDefault(wordOf(text, texts));
  return [texts.fields[path] ?? '', form, range, usual].filter((part) => part !== '').join(' ');
}

/** As many lines as it has, up to six. */
function rowsOf(text: string): number {
  return Math.min(6, text.split('\n').length);
}

function wordOf(value: string, texts: Texts): string {
  return value === 'true' ? texts.yes : value === 'false' ? texts.no : value;
}

function groupsOf(fields: readonly ShownSetting[]): [Group, ShownSetting[]][] {
  const groups = new Map<Group, ShownSetting[]>();
  for (const field of fields) {
    const [first = ''] = field.path.split('.', 1);
    const group = first === 'cxml' || first === 'oci' || first === 'repost' || first === 'store' ? first : 'general';
    groups.set(group, [...(groups.get(group) ?? []), field]);
  }
  return [...groups];
}
