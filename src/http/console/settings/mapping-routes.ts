import type { RequestHandler } from 'express';
import { mappingPage } from '../../../console/pages/mapping/mapping-page.js';
import type { MappingOutcome, MappingView } from '../../../console/pages/mapping/mapping-view.js';
import { noticePage } from '../../../console/pages/notice/notice-page.js';
import type { ConnectionDocument } from '../../../domain/access/connection.js';
import { digestOf, sameDigest } from '../../../domain/digest.js';
import { type Outcome, type SettingFault, SENTENCES } from '../../../domain/error-codes.js';
import { CXML_FIELDS, CXML_PREFIXES, OCI_FIELDS } from '../../../domain/mapping/mapping-fields.js';
import { type MappingDraft, type RulesOf, draftOf, mappingOf, rowOf } from '../../../domain/mapping/mapping-draft.js';
import { type ConnectionMapping, SOURCE_PATHS, SOURCE_PREFIXES } from '../../../domain/mapping/mapping.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { ConnectionChanges } from '../../../usecases/manage/change-connection.js';
import type { ConnectionStories } from '../../../usecases/manage/connection-story.js';
import type { ConnectionReads, ShownConnection } from '../../../usecases/manage/read-connections.js';
import { MOST_REPLAYED, type SettingsTrial } from '../../../usecases/manage/try-settings.js';
import { goneSignal } from '../../callers/gone-signal.js';
import { changesAfter } from '../connections/connection-views.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard, Visit } from '../guard.js';
import { draftFaultText, draftIn, editedDraft, faultsAtRows } from './mapping-form.js';

export interface MappingDeps {
  pages: ConsolePages;
  connectionReads: Pick<ConnectionReads, 'show'>;
  stories: ConnectionStories;
  connectionChanges: Pick<ConnectionChanges, 'change'>;
  trial: SettingsTrial;
  profiles: readonly { name: string; platform: string; settings: object }[];
  completeSettings: (given: object, protocol: Protocol) => Outcome<ConnectionDocument>;
}

/** Carts to choose from. */
const MOST_CARTS = 20;

/** The mapping workbench of a connection. Edits live in the form until they are saved. */
export function mappingRoutes(deps: MappingDeps, guard: Guard): Record<'show' | 'edit', RequestHandler> {
  const { pages, stories, connectionReads, connectionChanges, trial, profiles } = deps;

  /** Undefined: there is no such connection, and this was answered. */
  async function connectionOf({ req, res, frame, used }: Visit): Promise<ShownConnection | undefined> {
    const shown = await connectionReads.show(used.operator.tenantId, String(req.params['connectionId'] ?? ''));
    if (shown.ok) return shown.value;
    pages.send(res, frame, noticePage(frame, { kind: 'unknown' }), 404);
    return undefined;
  }

  function presetsOf({ settings, protocol }: ShownConnection): { platform: string; mapping: ConnectionMapping } {
    const profile = protocol === 'repost' ? undefined : profiles.find(({ name }) => name === settings.profile);
    return { platform: profile?.platform ?? '', mapping: mappingIn(profile?.settings ?? {}) };
  }

  /** The edits as settings, with all their faults. */
  function editOf(connection: ShownConnection, draft: MappingDraft, language: Visit['frame']['language']) {
    const rules = rulesOf(connection.protocol);
    const { mapping, faults } = mappingOf(mappingIn(connection.given), draft, rules);
    const { mapping: _, ...others } = connection.given as { mapping?: object };
    const allSettings = mapping === undefined ? others : { ...others, mapping };
    const told: MappingView['faults'] = faults.map((fault) => ({
      row: fault.row,
      field: fault.kind === 'transform' ? ('transforms' as const) : ('target' as const),
      text: draftFaultText(fault, language),
    }));
    const checked = told.length > 0 ? undefined : deps.completeSettings(allSettings, connection.protocol);
    const wrong = checked?.ok === false ? schemaFaults(checked.refusal) : [];
    return { allSettings, mapping, faults: [...told, ...faultsAtRows(wrong, rules ?? '', draft)] };
  }

  interface More {
    draft?: MappingDraft;
    version?: number;
    openRow?: number | undefined;
    cart?: string;
    outcome?: MappingOutcome;
    replays?: boolean;
    seen?: string;
  }

  async function show(visit: Visit, connection: ShownConnection, more: More = {}, status = 200): Promise<void> {
    const { res, frame, used, secret } = visit;
    const { tenantId } = used.operator;
    const { connectionId, name, protocol } = connection;
    const rules = rulesOf(protocol);
    const saved = draftOf(mappingIn(connection.given), rules);
    const draft = more.draft ?? saved;
    const version = more.version ?? connection.version;
    const { allSettings, faults, mapping } = editOf(connection, draft, frame.language);
    const presets = presetsOf(connection);
    const taken = new Set(draft.rows.map(({ target }) => target.trim()));
    const view: MappingView = {
      connectionId,
      name,
      version,
      rules,
      draft,
      presets: {
        platform: presets.platform,
        rows: Object.entries(rules === undefined ? {} : (presets.mapping[rules] ?? {}))
          .filter(([target]) => !taken.has(target))
          .map(([target, rule]) => rowOf(target, rule)),
      },
      faults,
      openRow: more.openRow,
      targets: rules === 'oci' ? [...OCI_FIELDS.keys()] : [...CXML_FIELDS, ...CXML_PREFIXES],
      sources: [...SOURCE_PATHS, ...SOURCE_PREFIXES],
      carts: (await trial.carts({ tenantId, connectionId }, MOST_CARTS)).map(({ transmissionId, sentAt, summary }) => ({
        id: transmissionId,
        sentAt,
        total: summary === undefined ? '' : `${summary.totalAmount} ${summary.currency}`,
      })),
      cart: more.cart ?? '',
      seen: more.seen,
      isEdited: JSON.stringify(draft) !== JSON.stringify(saved),
      outcome: more.outcome,
    };
    const of = { tenantId, connectionId };
    if (faults.length === 0) {
      const choice = view.cart === '' ? {} : { sessionId: view.cart };
      const tried = await trial.preview(of, { allSettings }, choice);
      if (tried.ok) view.tried = tried.value;
      else view.untried = tried.refusal.reason ?? tried.refusal.code;
      if (more.replays === true) {
        const replay = await trial.replay(of, { allSettings }, { limit: MOST_REPLAYED, signal: goneSignal(res) });
        if (replay.ok) {
          view.replay = replay.value;
          view.seen = seenToken(secret, connectionId, version, mapping);
        } else view.outcome = { kind: 'refused', reason: replay.refusal.reason ?? replay.refusal.code };
      }
    }
    pages.send(res, frame, mappingPage(frame, view), status, ["connect-src 'self'"]);
  }

  async function save(visit: Visit, connection: ShownConnection, draft: MappingDraft): Promise<void> {
    const { form, frame, used, secret, res } = visit;
    const { connectionId } = connection;
    const { tenantId, email } = used.operator;
    const version = versionIn(form);
    const cart = form.get('cart') ?? '';
    const { allSettings, mapping, faults } = editOf(connection, draft, frame.language);
    const more = { draft, version, cart };
    if (faults.length > 0) {
      await show(visit, connection, more, 400);
      return;
    }
    const token = seenToken(secret, connectionId, version, mapping);
    const isSeen = sameDigest(form.get('seen') ?? '', token);
    if (!isSeen && form.get('unseen') !== '1') {
      await show(visit, connection, { ...more, outcome: { kind: 'unseen' } }, 400);
      return;
    }
    const of = { tenantId, connectionId, by: `operator:${email}`, version };
    const changed = await connectionChanges.change(of, { allSettings });
    if (changed.ok) {
      res.redirect(303, `${pages.base}/connections/${encodeURIComponent(connectionId)}/mapping?done=1`);
      return;
    }
    const { code, reason } = changed.refusal;
    const now = await connectionOf(visit);
    if (now === undefined) return;
    const outcome: MappingOutcome =
      code === 'VERSION_CONFLICT'
        ? { kind: 'lost', changes: await changesAfter(stories, { tenantId, connectionId, version }) }
        : { kind: 'refused', reason: reason ?? SENTENCES[code][frame.language] };
    // The next attempt is for what is saved now: its replay must be seen first.
    await show(visit, now, { ...more, version: now.version, outcome }, code === 'VERSION_CONFLICT' ? 409 : 400);
  }

  return {
    show: guard('read_documents', async (visit) => {
      const connection = await connectionOf(visit);
      if (connection === undefined) return;
      const { done, cart } = visit.req.query;
      const outcome: More = done === '1' ? { outcome: { kind: 'done' } } : {};
      await show(visit, connection, { ...outcome, ...(typeof cart === 'string' ? { cart } : {}) });
    }),
    edit: guard('change_connections', async (visit) => {
      const connection = await connectionOf(visit);
      if (connection === undefined) return;
      const act = visit.form.get('do') ?? 'show';
      const rules = rulesOf(connection.protocol);
      const presets = rules === undefined ? {} : (presetsOf(connection).mapping[rules] ?? {});
      const edited = editedDraft(draftIn(visit.form), act, presets);
      if (act === 'save') {
        await save(visit, connection, edited.draft);
        return;
      }
      await show(visit, connection, {
        ...edited,
        version: versionIn(visit.form),
        cart: visit.form.get('cart') ?? '',
        replays: act === 'replay',
      });
    }),
  };
}

function rulesOf(protocol: Protocol): RulesOf {
  return protocol === 'repost' ? undefined : protocol;
}

function mappingIn(settings: object): ConnectionMapping {
  return (settings as { mapping?: ConnectionMapping }).mapping ?? {};
}

/** No connection has version 0. */
function versionIn(form: URLSearchParams): number {
  const version = Number(form.get('version') ?? '0');
  return Number.isInteger(version) ? version : 0;
}

/** Of this sign-in, this version and exactly these edits. */
function seenToken(secret: string, connectionId: string, version: number, mapping: object | undefined): string {
  return digestOf(`seen replay\n${secret}\n${JSON.stringify([connectionId, version, mapping ?? null])}`);
}

function schemaFaults({
  faults,
  reason = '',
}: {
  faults?: readonly SettingFault[];
  reason?: string;
}): readonly SettingFault[] {
  return faults ?? [{ path: 'settings', message: reason }];
}
