import type { RequestHandler } from 'express';
import { noticePage } from '../../../console/pages/notice/notice-page.js';
import {
  savedName,
  type SettingsView,
  type ShownSetting,
  settingsPage,
} from '../../../console/pages/settings/settings-page.js';
import { TEXTS } from '../../../console/pages/settings/texts.js';
import { roleMay } from '../../../domain/access/operator-roles.js';
import {
  type SettingField,
  readSetting,
  settingAt,
  settingText,
  type SettingSource,
  withSetting,
} from '../../../domain/access/setting-field.js';
import type { SettingFault } from '../../../domain/error-codes.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { TenantRepository } from '../../../ports/access/connection-repository.js';
import type { ConnectionChanges } from '../../../usecases/manage/change-connection.js';
import type { ConnectionStories } from '../../../usecases/manage/connection-story.js';
import type { ConnectionReads, ShownConnection } from '../../../usecases/manage/read-connections.js';
import { changesAfter } from '../connections/connection-views.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard, Visit } from '../guard.js';

export interface SettingsDeps {
  pages: ConsolePages;
  connectionReads: Pick<ConnectionReads, 'show'>;
  stories: ConnectionStories;
  tenants: Pick<TenantRepository, 'find'>;
  connectionChanges: Pick<ConnectionChanges, 'change'>;
  profiles: readonly { name: string; settings: object }[];
  fieldsOf: (protocol: Protocol) => SettingField[];
}

interface Entered {
  /** Of the settings that were edited, by path. */
  texts?: ReadonlyMap<string, string>;
  json?: string;
  jsonFault?: string;
  faults?: readonly SettingFault[];
  outcome?: SettingsView['outcome'];
  version?: number;
  /** What somebody else has changed. */
  changes?: SettingsView['changes'];
}

/** All settings of a connection, as a form and as JSON. Both are saved by the change that the admin API makes too. */
export function settingsRoutes(
  { pages, stories, connectionReads, tenants, connectionChanges, profiles, fieldsOf }: SettingsDeps,
  guard: Guard,
): Record<'show' | 'save' | 'saveJson', RequestHandler> {
  /** Undefined: there is no such connection, and this was answered. */
  async function connectionOf({ req, res, frame, used }: Visit): Promise<ShownConnection | undefined> {
    const shown = await connectionReads.show(used.operator.tenantId, String(req.params['connectionId'] ?? ''));
    if (shown.ok) return shown.value;
    pages.send(res, frame, noticePage(frame, { kind: 'unknown' }), 404);
    return undefined;
  }

  async function show(visit: Visit, connection: ShownConnection, entered: Entered = {}, status = 200): Promise<void> {
    const { res, frame, used } = visit;
    const { given, settings, protocol } = connection;
    const preset = profiles.find(({ name }) => name === settings.profile)?.settings ?? {};
    const policy = (await tenants.find(connection.tenantId))?.settings.connectionDefaults ?? {};
    const sourceOf = (path: string): SettingSource => {
      if (settingAt(given, path) !== undefined) return 'connection';
      if (settingAt(preset, path) !== undefined) return 'profile';
      return settingAt(policy, path) === undefined ? 'default' : 'tenant';
    };
    const faults = entered.faults ?? [];
    const fields = fieldsOf(protocol).map((field): ShownSetting => {
      const saved = settingText(field, settingAt(given, field.path));
      return {
        ...field,
        text: entered.texts?.get(field.path) ?? saved,
        saved,
        inForce: settingText(field, settingAt(settings, field.path)).replaceAll('\n', ', '),
        source: sourceOf(field.path),
        fault:
          faults
            .filter(({ path }) => isAt(path, field.path))
            .map(({ message }) => message)
            .join('; ')
            .trim() || undefined,
      };
    });
    const view: SettingsView = {
      connectionId: connection.connectionId,
      name: connection.name,
      version: entered.version ?? connection.version,
      mayChange: roleMay(used.operator.role, 'change_connections'),
      fields,
      json: entered.json ?? JSON.stringify(given, null, 2),
      jsonFault: entered.jsonFault,
      faults: faults
        .filter(({ path }) => !fields.some((field) => isAt(path, field.path)))
        .map(({ path, message }) => `${path}: ${message}`),
      outcome: entered.outcome,
      changes: entered.changes,
    };
    pages.send(res, frame, settingsPage(frame, view), status);
  }

  async function save(visit: Visit, allSettings: object, entered: Entered): Promise<void> {
    const { req, res, form, used } = visit;
    const { tenantId, email } = used.operator;
    const connectionId = String(req.params['connectionId'] ?? '');
    const version = Number(form.get('version') ?? '0');
    const of = { tenantId, connectionId, by: `operator:${email}`, version: Number.isInteger(version) ? version : 0 };
    const changed = await connectionChanges.change(of, { allSettings });
    if (changed.ok) {
      res.redirect(303, `${pages.base}/connections/${encodeURIComponent(connectionId)}/settings?done=1`);
      return;
    }
    const { code, reason = code, faults = [{ path: 'settings', message: reason }] } = changed.refusal;
    const now = await connectionOf(visit);
    if (now === undefined) return;
    if (code === 'VERSION_CONFLICT') {
      const changes = await changesAfter(stories, of);
      await show(visit, now, { ...entered, outcome: 'lost', changes, version: now.version }, 409);
    } else await show(visit, now, { ...entered, faults, outcome: 'faulty', version: of.version }, 400);
  }

  return {
    show: guard('read_connections', async (visit) => {
      const connection = await connectionOf(visit);
      if (connection === undefined) return;
      await show(visit, connection, visit.req.query['done'] === '1' ? { outcome: 'done' } : {});
    }),

    save: guard('change_connections', async (visit) => {
      const connection = await connectionOf(visit);
      if (connection === undefined) return;
      const { form, frame } = visit;
      const words = TEXTS[frame.language];
      const texts = new Map<string, string>();
      const faults: SettingFault[] = [];
      let settings: object = connection.given;
      for (const field of fieldsOf(connection.protocol)) {
        const entered = form.get(field.path);
        if (entered === null) continue;
        const saved = form.get(savedName(field.path)) ?? settingText(field, settingAt(connection.given, field.path));
        // A field that was not edited says nothing: someone else may have changed its setting since the form was shown.
        if (linesOf(entered) === linesOf(saved)) continue;
        texts.set(field.path, entered);
        const read = readSetting(field, entered);
        if (read.ok) settings = withSetting(settings, field.path, read.value);
        else
          faults.push({
            path: field.path,
            message: read.fault === 'no_pair' ? words.inLine(read.line, words.faults.no_pair) : words.faults.not_json,
          });
      }
      if (faults.length > 0) {
        const version = Number(form.get('version') ?? '0');
        await show(visit, connection, { texts, faults, outcome: 'faulty', version }, 400);
      } else await save(visit, settings, { texts });
    }),

    saveJson: guard('change_connections', async (visit) => {
      const connection = await connectionOf(visit);
      if (connection === undefined) return;
      const json = linesOf(visit.form.get('json') ?? '');
      const read = readObject(json, TEXTS[visit.frame.language]);
      if (read.ok) await save(visit, read.value, { json });
      else await show(visit, connection, { json, jsonFault: read.fault, outcome: 'faulty' }, 400);
    }),
  };
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
