import type { RequestHandler } from 'express';
import { type DraftView, type PlatformChoice, draftPage } from '../../../console/pages/onboarding/draft-page.js';
import { DRAFT_STEPS, setupHrefs } from '../../../console/pages/onboarding/step-frame.js';
import type { Language } from '../../../console/ui/language.js';
import { TEXTS } from '../../../console/pages/onboarding/texts.js';
import type { ProfileName } from '../../../domain/access/connection.js';
import { explain } from '../../../domain/explanations/explain.js';
import { nameText } from '../../../usecases/manage/connection-secrets.js';
import type { ConnectionChanges } from '../../../usecases/manage/change-connection.js';
import type { ConnectionReads } from '../../../usecases/manage/read-connections.js';
import type { ConsolePages } from '../console-pages.js';
import type { Guard, Visit } from '../guard.js';
import { type Draft, draftOf, enteredIn, needsTo } from './onboarding-draft.js';

export interface OnboardingDeps {
  pages: ConsolePages;
  connectionReads: Pick<ConnectionReads, 'show'>;
  connectionChanges: Pick<ConnectionChanges, 'create'>;
  profiles: readonly { name: ProfileName; platform: string; protocol: 'cxml' | 'oci' }[];
}

/**
 * New connections. The steps are read by GET, with everything that was entered in the address, so nothing is stored
 * before a connection can be made. It is made disabled, with its names and return addresses: a set-up that is left goes
 * on from there, by any engineer, and no secret has to wait in a form.
 */
export function onboardingRoutes(
  { pages, connectionReads, connectionChanges, profiles }: OnboardingDeps,
  guard: Guard,
): Record<'show' | 'create', RequestHandler> {
  function platformsIn(language: Language): PlatformChoice[] {
    const { middleware, middlewareMeaning, other } = TEXTS[language];
    const isGeneric = (name: string): boolean => name.startsWith('generic-');
    return [
      // Those that are known come first.
      ...profiles
        .toSorted((a, b) => Number(isGeneric(a.name)) - Number(isGeneric(b.name)))
        .map(({ name, platform, protocol }) => ({
          value: name,
          platform: isGeneric(name) ? other : platform,
          protocol,
          meaning: explain(name, language)?.meaning ?? '',
        })),
      { value: 'middleware', platform: middleware, protocol: 'repost', meaning: middlewareMeaning },
    ];
  }

  async function show(
    { res, frame, used }: Visit,
    fields: URLSearchParams,
    { wanted, refusal }: { wanted: DraftView['step']; refusal?: string },
  ): Promise<Draft | undefined> {
    const platforms = platformsIn(frame.language);
    const chosen = platforms.find(({ value }) => value === fields.get('platform'));
    let { step, faults, draft } = draftOf(fields, chosen, wanted);
    const isTaken = draft !== undefined && (await connectionReads.show(used.operator.tenantId, draft.connectionId)).ok;
    if (isTaken) [step, faults, draft] = ['names', { id: { kind: 'taken' } }, undefined];
    const view: DraftView = {
      step,
      platforms,
      entered: enteredIn(fields),
      faults,
      needsTo: chosen !== undefined && needsTo(chosen.protocol),
    };
    if (chosen !== undefined) view.chosen = chosen;
    if (refusal !== undefined) view.refusal = refusal;
    if (draft !== undefined) {
      const { credentials = [], settings } = draft.wish;
      const [from] = credentials;
      const { returnOrigins, repost } = settings as { returnOrigins: string[]; repost?: { templateUsers: string[] } };
      view.summary = { id: draft.connectionId, returns: returnOrigins, templates: repost?.templateUsers ?? [] };
      if (from !== undefined) view.summary.from = nameText(from);
      if (draft.to !== undefined) view.summary.to = draft.to;
    }
    const isFaulty = refusal !== undefined || Object.keys(faults).length > 0;
    pages.send(res, frame, draftPage(frame, view), isFaulty ? 400 : 200);
    return draft;
  }

  return {
    show: guard('change_connections', async (visit) => {
      const fields = new URLSearchParams(visit.req.originalUrl.split('?')[1] ?? '');
      const wanted = DRAFT_STEPS.find((step) => step === fields.get('step')) ?? 'platform';
      await show(visit, fields, { wanted });
    }),
    create: guard('change_connections', async (visit) => {
      const { res, frame, used, form } = visit;
      const { tenantId, email } = used.operator;
      const chosen = platformsIn(frame.language).find(({ value }) => value === form.get('platform'));
      const { draft } = draftOf(form, chosen, 'check');
      if (draft === undefined) {
        await show(visit, form, { wanted: 'check' });
        return;
      }
      const { connectionId, wish } = draft;
      const made = await connectionChanges.create({ tenantId, connectionId, by: `operator:${email}` }, wish);
      if (made.ok) res.redirect(303, setupHrefs(pages.base, connectionId).secret);
      else await show(visit, form, { wanted: 'check', refusal: made.refusal.reason ?? made.refusal.code });
    }),
  };
}
