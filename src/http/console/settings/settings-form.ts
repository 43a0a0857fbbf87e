import type { RequestHandler } from 'express';
import type { ConnectionChangeLine } from '../../../console/pages/connection/connection-view.js';
import {
  type SettingsFormView,
  type ShownSetting,
  savedName,
} from '../../../console/pages/settings-form/settings-form.js';
import { TEXTS } from '../../../console/pages/settings-form/texts.js';
import { type OperatorOperation, roleMay } from '../../../domain/access/operator-roles.js';
import {
  type SettingField,
  type SettingSource,
  readSetting,
  settingAt,
  settingLine,
  settingText,
  withSetting,
} from '../../../domain/access/setting-field.js';
import { mergeEdits } from '../../../domain/access/merge-settings.js';
import type { Outcome, SettingFault } from '../../../domain/error-codes.js';
import type { Guard, Visit } from '../guard.js';
import type { Prove } from '../prove.js';

/** Settings that a form shows and changes. */
export interface EditedSettings {
  version: number;
  fields: readonly SettingField[];
  /** What was set here. */
  given: object;
  /** With all that others have set. */
  inForce: object;
  sourceOf: (path: string) => SettingSource;
}

interface Deps<Edited extends EditedSettings> {
  guard: Guard;
  mayRead: OperatorOperation;
  mayChange: OperatorOperation;
  /** Undefined: a change needs no proof of the operator. */
  prove?: Prove;
  /** Undefined: there are none, and this was answered. */
  find(visit: Visit): Promise<Edited | undefined>;
  send(visit: Visit, edited: Edited, view: SettingsFormView, status: number): void;
  /** Puts settings in place of all that were given. */
  change(visit: Visit, change: { allSettings: object; version: number }): Promise<Outcome<unknown>>;
  /** What others have changed after this version. */
  changesAfter(visit: Visit, version: number): Promise<ConnectionChangeLine[]>;
  addressOf(visit: Visit): string;
}

interface Entered {
  /** Of the settings that were edited, by path. */
  texts?: ReadonlyMap<string, string>;
  json?: string;
  /** The settings that this JSON was made of. */
  jsonFrom?: string | undefined;
  jsonFault?: string;
  faults?: readonly SettingFault[];
  outcome?: SettingsFormView['outcome'];
  version?: number;
  /** What somebody else has changed. */
  changes?: SettingsFormView['changes'];
}

/** The routes of a page with settings as a form and as JSON. */
export function settingsForm<Edited extends EditedSettings>({
  guard,
  mayRead,
  mayChange,
  prove,
  ...deps
}: Deps<Edited>): Record<'show' | 'save' | 'saveJson', RequestHandler> {
  function show(visit: Visit, edited: Edited, entered: Entered = {}, status = 200): void {
    const { given } = edited;
    const faults = entered.faults ?? [];
    const fields = edited.fields.map((field) => shownSetting(field, edited, entered));
    const view: SettingsFormView = {
      version: entered.version ?? edited.version,
      mayChange: roleMay(visit.used.operator.role, mayChange),
      fields,
      json: entered.json ?? JSON.stringify(given, null, 2),
      jsonFrom: entered.jsonFrom ?? JSON.stringify(given),
      jsonFault: entered.jsonFault,
      faults: faults
        .filter(({ path }) => !fields.some((field) => isAt(path, field.path)))
        .map(({ path, message }) => `${path}: ${message}`),
      outcome: entered.outcome,
      changes: entered.changes,
    };
    deps.send(visit, edited, view, status);
  }

  async function save(visit: Visit, edited: Edited, allSettings: object, entered: Entered): Promise<void> {
    const version = versionIn(visit);
    if (prove !== undefined && !(await prove(visit))) {
      show(visit, edited, { ...entered, outcome: 'wrong_proof', version }, 403);
      return;
    }
    const changed = await deps.change(visit, { allSettings, version });
    if (changed.ok) {
      visit.res.redirect(303, `${deps.addressOf(visit)}?done=1`);
      return;
    }
    const { code, reason = code, faults = [{ path: 'settings', message: reason }] } = changed.refusal;
    const now = await deps.find(visit);
    if (now === undefined) return;
    if (code === 'VERSION_CONFLICT') {
      const changes = await deps.changesAfter(visit, version);
      const both = entered.json === undefined ? {} : withTheirs(entered, allSettings, now.given);
      show(visit, now, { ...entered, ...both, outcome: 'lost', changes, version: now.version }, 409);
    } else show(visit, now, { ...entered, faults, outcome: 'faulty', version }, 400);
  }

  return {
    show: guard(mayRead, async (visit) => {
      const edited = await deps.find(visit);
      if (edited !== undefined) show(visit, edited, visit.req.query['done'] === '1' ? { outcome: 'done' } : {});
    }),

    save: guard(mayChange, async (visit) => {
      const edited = await deps.find(visit);
      if (edited === undefined) return;
      const { settings, texts, faults } = editsIn(visit, edited);
      if (faults.length > 0) show(visit, edited, { texts, faults, outcome: 'faulty', version: versionIn(visit) }, 400);
      else await save(visit, edited, settings, { texts });
    }),

    saveJson: guard(mayChange, async (visit) => {
      const edited = await deps.find(visit);
      if (edited === undefined) return;
      const json = linesOf(visit.form.get('json') ?? '');
      const jsonFrom = visit.form.get(savedName('json')) ?? undefined;
      const read = readObject(json, TEXTS[visit.frame.language]);
      if (read.ok) await save(visit, edited, read.value, { json, jsonFrom });
      else {
        const entered = { json, jsonFrom, jsonFault: read.fault, version: versionIn(visit) };
        show(visit, edited, { ...entered, outcome: 'faulty' }, 400);
      }
    }),
  };
}

function shownSetting(
  field: SettingField,
  { given, inForce, sourceOf }: EditedSettings,
  { texts, faults = [] }: Entered,
): ShownSetting {
  const { path } = field;
  const saved = settingText(field, settingAt(given, path));
  const messages = faults.filter((fault) => isAt(fault.path, path)).map(({ message }) => message);
  return {
    ...field,
    text: texts?.get(path) ?? saved,
    saved,
    inForce: settingLine(field, settingAt(inForce, path) ?? field.fallback),
    source: sourceOf(path),
    fault: messages.join('; ') || undefined,
  };
}

/** The settings with what was edited in the form. */
function editsIn({ form, frame }: Visit, { fields, given }: EditedSettings) {
  const words = TEXTS[frame.language];
  const texts = new Map<string, string>();
  const faults: SettingFault[] = [];
  let settings = given;
  for (const field of fields) {
    const { path } = field;
    const entered = form.get(path);
    if (entered === null) continue;
    const saved = form.get(savedName(path)) ?? settingText(field, settingAt(given, path));
    // A field that was not edited says nothing: someone else may have changed its setting since the form was shown.
    if (linesOf(entered) === linesOf(saved)) continue;
    texts.set(path, entered);
    const read = readSetting(field, entered);
    if (read.ok) settings = withSetting(settings, path, read.value);
    else
      faults.push({
        path,
        message: read.fault === 'no_pair' ? words.inLine(read.line, words.faults.no_pair) : words.faults.not_json,
      });
  }
  return { settings, texts, faults };
}

/** What was entered as JSON, with what somebody else has saved meanwhile. */
function withTheirs({ jsonFrom = '' }: Entered, edited: object, saved: object): Pick<Entered, 'json' | 'jsonFrom'> {
  const from = readObject(jsonFrom, TEXTS.en);
  const merged = from.ok ? mergeEdits({ from: from.value, edited, saved }) : edited;
  return { json: JSON.stringify(merged, null, 2), jsonFrom: JSON.stringify(saved) };
}

/** Nothing has the version 0. */
function versionIn({ form }: Visit): number {
  const version = Number(form.get('version') ?? '0');
  return Number.isInteger(version) ? version : 0;
}

/** Browsers send \r\n for each line end. */
function linesOf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** The fault is about this setting or a part of it. */
function isAt(path: string, setting: string): boolean {
  return path === setting || path.startsWith(`${setting}.`);
}

function readObject(
  text: string,
  words: (typeof TEXTS)['en'],
): { ok: true; value: object } | { ok: false; fault: string } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ok: true, value }
      : { ok: false, fault: words.noObject };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const [, position] = /at position (\d{1,9})/.exec(message) ?? [];
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    const what = message.replace(/ in JSON at position.*$/s, '');
    return { ok: false, fault: words.notJson(before.length, (before.at(-1) ?? '').length + 1, what) };
  }
}
