import type { ComponentChildren, JSX } from 'preact';
import type { SettingField, SettingSource } from '../../../domain/access/setting-field.js';
import { Badge } from '../../ui/badge.js';
import { ChoiceRow, FormRow, LinesRow } from '../../ui/form-row.js';
import { Notice } from '../../ui/notice.js';
import { ProofField, wrongProofText } from '../../ui/proof-field.js';
import { FormToken, type PageFrame } from '../../ui/shell/page-shell.js';
import { ChangesTable } from '../connection/changes-table.js';
import type { ConnectionChangeLine } from '../connection/connection-view.js';
import { TEXTS } from './texts.js';

/** What a form of settings shows, whatever they are settings of. */
export interface SettingsFormView {
  version: number;
  mayChange: boolean;
  fields: readonly ShownSetting[];
  /** The given settings as JSON, as saved or as entered. */
  json: string;
  /** The settings that the JSON was made of, as JSON. */
  jsonFrom: string;
  jsonFault?: string | undefined;
  /** Faults that belong to no field. */
  faults: readonly string[];
  outcome?: 'done' | 'faulty' | 'lost' | 'wrong_proof' | undefined;
  /** What somebody else has changed meanwhile. */
  changes?: readonly ConnectionChangeLine[] | undefined;
}

export interface ShownSetting extends SettingField {
  /** As saved or as entered; empty: not set here. */
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

interface FormWords {
  /** What each setting means, by path. */
  fields: Readonly<Record<string, string>>;
  /** Titles, by the first name of a dotted path; `general` for the other settings. */
  groups: Readonly<Record<string, string>> & { general: string };
  /** Says that the settings were saved, and from when on they are in force. */
  done: string;
}

interface SettingsFormProps {
  frame: PageFrame;
  view: SettingsFormView;
  /** The address of the page. The JSON is sent to `json` below it. */
  own: string;
  words: FormWords;
  /** Saving asks for a proof of the operator. */
  needsProof?: boolean;
  /** Further fields of the form. */
  children?: ComponentChildren;
  /** Under the JSON, for those who may change the settings. */
  hint?: string;
}

/** All settings as a form, with the JSON beside it, and what the last change led to. */
export function SettingsForm(props: SettingsFormProps): JSX.Element {
  const { frame, view, own, words, needsProof = false, children, hint } = props;
  const texts = TEXTS[frame.language];
  const { mayChange } = view;
  const hidden = (
    <>
      <FormToken signedIn={frame.signedIn} />
      <input type="hidden" name="version" value={view.version} />
    </>
  );
  return (
    <>
      <Outcome {...props} />
      {view.changes === undefined ? null : (
        <ChangesTable frame={frame} caption={texts.lostChanges} changes={view.changes} />
      )}
      <div class="bench">
        <form method="post" action={own}>
          {hidden}
          <fieldset class="bare" disabled={!mayChange}>
            {children}
            {groupsOf(view.fields, words).map(([title, fields]) => (
              <>
                <h2>{title}</h2>
                {fields.map((field) => (
                  <Setting field={field} meaning={words.fields[field.path]} texts={texts} />
                ))}
              </>
            ))}
            {needsProof ? <ProofField frame={frame} id="form" /> : null}
            {mayChange ? <button type="submit">{texts.save}</button> : null}
          </fieldset>
        </form>
        <form method="post" action={`${own}/json`}>
          {hidden}
          <input type="hidden" name={savedName('json')} value={view.jsonFrom} />
          <h2>{texts.json}</h2>
          <fieldset class="bare json" disabled={!mayChange}>
            <LinesRow
              name="json"
              label={texts.json}
              value={view.json}
              hint={texts.jsonHint}
              fault={view.jsonFault}
              rows={Math.min(40, Math.max(12, view.json.split('\n').length + 1))}
            />
            {needsProof ? <ProofField frame={frame} id="json" /> : null}
            {mayChange ? (
              <button type="submit" class="quiet">
                {texts.saveJson}
              </button>
            ) : null}
          </fieldset>
          {mayChange && hint === undefined ? null : <p class="hint after">{mayChange ? hint : texts.readOnly}</p>}
        </form>
      </div>
    </>
  );
}

function Outcome({ frame, view: { outcome, faults }, own, words }: SettingsFormProps): JSX.Element | null {
  const texts = TEXTS[frame.language];
  switch (outcome) {
    case undefined:
      return null;
    case 'done':
      return <Notice tone="good">{words.done}</Notice>;
    case 'wrong_proof':
      return <Notice tone="bad">{wrongProofText(frame)}</Notice>;
    default:
      return (
        <Notice tone="bad">
          <p>{texts[outcome]}</p>
          {outcome === 'lost' ? (
            <p>
              <a href={own}>{texts.lostSaved}</a>
            </p>
          ) : null}
          {faults.map((fault) => (
            <p>{fault}</p>
          ))}
        </Notice>
      );
  }
}

interface SettingProps {
  field: ShownSetting;
  meaning: string | undefined;
  texts: Texts;
}

function Setting({ field, meaning, texts }: SettingProps): JSX.Element {
  const { path, kind, text, saved, inForce, source, fault, choices = [] } = field;
  const shown = inForce === '' ? texts.none : inForce;
  const hint = hintOf(field, meaning, texts);
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
        <Badge tone={source === 'here' ? 'info' : 'quiet'} text={texts.sources[source]} />{' '}
        {source === 'here' ? null : <span class="label">{texts.inForce(wordOf(shown, texts))}</span>}
      </p>
    </div>
  );
}

/** What it means, how it is written, and its default. */
function hintOf({ kind, min, max, fallback, source }: ShownSetting, meaning: string | undefined, texts: Texts): string {
  const form = kind === 'lines' || kind === 'numbers' || kind === 'pairs' || kind === 'json' ? texts.forms[kind] : '';
  const range = min === undefined || max === undefined ? '' : texts.range(min, max);
  const text = fallback === undefined ? '' : typeof fallback === 'string' ? fallback : JSON.stringify(fallback);
  // Where the default is in force, it is told as that.
  const usual = text === '' || source === 'default' ? '' : texts.isDefault(wordOf(text, texts));
  return [meaning ?? '', form, range, usual].filter((part) => part !== '').join(' ');
}

/** As many lines as it has, up to six. */
function rowsOf(text: string): number {
  return Math.min(6, text.split('\n').length);
}

function wordOf(value: string, texts: Texts): string {
  return value === 'true' ? texts.yes : value === 'false' ? texts.no : value;
}

/** The settings under the titles of their groups, in the order of the fields. */
function groupsOf(fields: readonly ShownSetting[], { groups }: FormWords): [string, ShownSetting[]][] {
  const found = new Map<string, ShownSetting[]>();
  for (const field of fields) {
    const [first = ''] = field.path.split('.', 1);
    const title = (Object.hasOwn(groups, first) ? groups[first] : undefined) ?? groups.general;
    found.set(title, [...(found.get(title) ?? []), field]);
  }
  return [...found];
}
