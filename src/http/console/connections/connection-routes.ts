import type { RequestHandler } from 'express';
import type { FieldFaults } from '../../../console/pages/connection-form/field-fault.js';
import { connectionPage } from '../../../console/pages/connection/connection-page.js';
import type { ConnectionOutcome, ConnectionView } from '../../../console/pages/connection/connection-view.js';
import { type RemovalView, removalPage } from '../../../console/pages/connection/removal-page.js';
import { noticePage } from '../../../console/pages/notice/notice-page.js';
import { roleMay } from '../../../domain/access/operator-roles.js';
import type { Outcome, Refusal } from '../../../domain/error-codes.js';
import type { ConnectionChanges } from '../../../usecases/manage/change-connection.js';
import type { AccessChanges } from '../../../usecases/manage/connection-secrets.js';
import type { ConnectionStories, ConnectionStory } from '../../../usecases/manage/connection-story.js';
import type { ChangedConnection } from '../../../usecases/manage/within-change.js';
import { changeOf } from '../change-of.js';
import { nameIn, returnsIn, secretIn } from './connection-form.js';
import { changesSince, connectionView } from './connection-views.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard, Visit } from '../guard.js';
import type { Prove } from '../prove.js';

export interface ConnectionDeps {
  pages: ConsolePages;
  stories: ConnectionStories;
  connectionChanges: ConnectionChanges;
  accessChanges: AccessChanges;
  profiles: readonly { name: string; platform: string }[];
}

type More = Partial<Pick<ConnectionView, 'outcome' | 'madeSecret' | 'entered' | 'faults'>>;
/** A change that was tried: its outcome, or faults of the form before it was tried. */
type Tried = Outcome<ChangedConnection> | Pick<ConnectionView, 'faults'>;

type ConnectionRoute =
  | 'show'
  | 'addName'
  | 'removeName'
  | 'makeSecret'
  | 'addSecret'
  | 'revokeSecret'
  | 'returns'
  | 'state'
  | 'askRemoval'
  | 'remove';

const WRONG_PROOF = { kind: 'wrong_proof' } as const;

/** The page of one connection, and its changes. Each is made for the version that the page showed. */
export function connectionRoutes(
  { pages, stories, connectionChanges, accessChanges, profiles }: ConnectionDeps,
  guard: Guard,
  prove: Prove,
): Record<ConnectionRoute, RequestHandler> {
  const idOf = ({ req }: Visit): string => String(req.params['connectionId'] ?? '');
  const platforms = new Map(profiles.map(({ name, platform }) => [name, platform]));

  /** Undefined: there is no such connection, and this was answered. */
  async function storyOf(visit: Visit): Promise<ConnectionStory | undefined> {
    const { res, frame, used } = visit;
    const story = await stories(used.operator.tenantId, idOf(visit));
    if (story.ok) return story.value;
    pages.send(res, frame, noticePage(frame, { kind: 'unknown' }), 404);
    return undefined;
  }

  async function show(visit: Visit, more: More = {}, status = 200, known?: ConnectionStory): Promise<void> {
    const story = known ?? (await storyOf(visit));
    if (story === undefined) return;
    const { res, frame, used } = visit;
    const view = connectionView(story, {
      language: frame.language,
      mayChange: roleMay(used.operator.role, 'change_connections'),
      platformOf: (profile) => platforms.get(profile) ?? profile,
    });
    pages.send(res, frame, connectionPage(frame, { ...view, ...more }), status);
  }

  async function outcomeOf(
    { code, reason }: Refusal,
    visit: Visit,
    story: ConnectionStory,
  ): Promise<{ outcome: ConnectionOutcome; status: number }> {
    if (code === 'VERSION_CONFLICT')
      return {
        outcome: { kind: 'lost', changes: changesSince(changeOf(visit).version ?? 0, story.changes) },
        status: 409,
      };
    if (code === 'RESOURCE_NOT_FOUND') return { outcome: { kind: 'gone' }, status: 404 };
    return { outcome: { kind: 'refused', reason: reason ?? code }, status: code === 'RESOURCE_CONFLICT' ? 409 : 400 };
  }

  /** `isProven`: asks for the operator's own password. */
  function changing(
    change: (visit: Visit, story: ConnectionStory) => Promise<Tried>,
    isProven = false,
  ): RequestHandler {
    return guard('change_connections', async (visit) => {
      const before = await storyOf(visit);
      if (before === undefined) return;
      const entered = enteredIn(visit.form);
      if (isProven && !(await prove(visit))) {
        await show(visit, { outcome: WRONG_PROOF, entered }, 403, before);
        return;
      }
      const tried = await change(visit, before);
      if ('faults' in tried) {
        await show(visit, { outcome: { kind: 'faulty' }, entered, faults: tried.faults }, 400, before);
        return;
      }
      if (!tried.ok) {
        const story = await storyOf(visit);
        if (story === undefined) return;
        const { outcome, status } = await outcomeOf(tried.refusal, visit, story);
        const isSecret = tried.refusal.details?.['field'] === 'secret';
        const faults: FieldFaults = isSecret ? { secret: { kind: 'in_use' } } : {};
        await show(visit, { outcome: isSecret ? { kind: 'faulty' } : outcome, entered, faults }, status, story);
        return;
      }
      // Not a redirect: no address and no store may hold the secret.
      if (tried.value.secret !== undefined) await show(visit, { madeSecret: tried.value.secret });
      else visit.res.redirect(303, `${pages.base}/connections/${encodeURIComponent(idOf(visit))}?done=1`);
    });
  }

  function showRemoval({ res, frame }: Visit, story: ConnectionStory, view: Partial<RemovalView>, status = 200): void {
    const { connectionId, name, version } = story.connection;
    const whole = { connectionId, name, version, ...view };
    pages.send(res, frame, removalPage(frame, whole), status);
  }

  return {
    show: guard('read_connections', (visit) =>
      show(visit, visit.req.query['done'] === '1' ? { outcome: { kind: 'done' } } : {}),
    ),
    addName: changing(async (visit, { connection }) => {
      if (connection.protocol === 'repost') return { faults: {} };
      const name = nameIn(visit.form, connection.protocol);
      return name.ok ? accessChanges.addCredential(changeOf(visit), name.value) : name;
    }),
    removeName: changing((visit) =>
      accessChanges.removeCredential(changeOf(visit), String(visit.req.params['credentialId'])),
    ),
    makeSecret: changing((visit) => accessChanges.addSecret(changeOf(visit), {}), true),
    addSecret: changing(async (visit, { connection }) => {
      const secret = secretIn(visit.form, connection.protocol);
      return secret.ok ? accessChanges.addSecret(changeOf(visit), { text: secret.value }) : secret;
    }, true),
    revokeSecret: changing(
      (visit) => accessChanges.removeSecret(changeOf(visit), String(visit.req.params['secretId'])),
      true,
    ),
    returns: changing(async (visit) => {
      const returns = returnsIn(visit.form);
      return returns.ok
        ? connectionChanges.change(changeOf(visit), { settings: { returnOrigins: returns.value } })
        : returns;
    }),
    state: changing((visit) =>
      connectionChanges.change(changeOf(visit), { disabled: visit.form.get('state') === 'disabled' }),
    ),
    askRemoval: guard('change_connections', async (visit) => {
      const story = await storyOf(visit);
      if (story !== undefined) showRemoval(visit, story, {});
    }),
    remove: guard('change_connections', async (visit) => {
      const story = await storyOf(visit);
      if (story === undefined) return;
      if (!(await prove(visit))) {
        showRemoval(visit, story, { outcome: WRONG_PROOF }, 403);
        return;
      }
      const removed = await connectionChanges.remove(changeOf(visit));
      if (removed.ok) {
        visit.res.redirect(303, `${pages.base}/connections`);
        return;
      }
      const { refusal } = removed;
      const sessions = Number(refusal.details?.['live_sessions']);
      if (Number.isInteger(sessions)) showRemoval(visit, story, { outcome: { kind: 'live', sessions } }, 409);
      else {
        const { outcome, status } = await outcomeOf(refusal, visit, story);
        await show(visit, { outcome }, status, story);
      }
    }),
  };
}

/** What was entered, for the form that is shown again; no secret and no password. */
function enteredIn(form: URLSearchParams): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['domain', 'identity', 'returns']) {
    const text = form.get(name);
    if (text !== null) kept[name] = text;
  }
  return kept;
}
