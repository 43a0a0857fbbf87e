import type { Request, RequestHandler } from 'express';
import { type HandOverView, handOverPage } from '../../../console/pages/hand-over/hand-over-page.js';
import type { SheetView } from '../../../console/pages/hand-over/hand-over-sheet.js';
import { type ReceivedView, receivedPage } from '../../../console/pages/hand-over/received-page.js';
import { noticePage } from '../../../console/pages/notice/notice-page.js';
import type { Language } from '../../../console/ui/language.js';
import { explain } from '../../../domain/explanations/explain.js';
import {
  HAND_OVER_DAYS,
  type HandedOver,
  type HandOverSheet,
  type HandOverUseCases,
} from '../../../usecases/manage/hand-over.js';
import type { ReadAcceptance } from '../../../usecases/manage/read-acceptance.js';
import { changeOf } from '../change-of.js';
import type { ConsolePages } from '../console-pages.js';
import { type Guard, type Visit, isOwnPage, sendNotice } from '../guard.js';
import type { Prove } from '../prove.js';
import type { OperatorCookie } from '../sign-in/operator-cookie.js';

export interface HandOverDeps {
  publicOrigin: string;
  pages: ConsolePages;
  handOver: HandOverUseCases;
  acceptance: ReadAcceptance;
  handOverCookie: OperatorCookie;
  profiles: readonly { name: string; platform: string }[];
}

/** The sheet for the buyer's IT; its links, which an operator makes; and what a link shows without a sign-in. */
export function handOverRoutes(
  { publicOrigin, pages, handOver, acceptance, handOverCookie, profiles }: HandOverDeps,
  guard: Guard,
  prove: Prove,
): Record<'show' | 'makeLink' | 'door' | 'open' | 'handedOver' | 'report', RequestHandler> {
  const platforms = new Map(profiles.map(({ name, platform }) => [name, platform]));

  function sheetView(sheet: HandOverSheet, language: Language, secret?: string): SheetView {
    const { profile, ...facts } = sheet;
    const known = profile === undefined ? undefined : explain(profile, language);
    const view: SheetView = facts;
    if (profile !== undefined && known !== undefined) {
      const { meaning, remedy, basis, setup } = known;
      view.platform = { name: platforms.get(profile) ?? profile, meaning, remedy, basis, setup };
    }
    if (secret !== undefined) view.secret = secret;
    return view;
  }

  async function show(
    { req, res, frame, used }: Visit,
    more: Pick<HandOverView, 'madeLink' | 'outcome'> = {},
    status = 200,
  ): Promise<void> {
    const { tenantId } = used.operator;
    const connectionId = String(req.params['connectionId'] ?? '');
    const sheet = await handOver.sheet(tenantId, connectionId);
    if (!sheet.ok) {
      pages.send(res, frame, noticePage(frame, { kind: 'unknown' }), 404);
      return;
    }
    const { connection, ...facts } = sheet.value;
    const accepted = await acceptance(tenantId, connectionId);
    const view: HandOverView = {
      connectionId,
      version: connection.version,
      sheet: sheetView(facts, frame.language),
      secrets: connection.secrets.length,
      days: HAND_OVER_DAYS,
      links: await handOver.links(tenantId, connectionId),
      steps: accepted.ok ? accepted.value.steps : [],
      ...more,
    };
    pages.send(res, frame, handOverPage(frame, view), status);
  }

  return {
    show: guard('change_connections', (visit) => show(visit)),
    makeLink: guard('change_connections', async (visit) => {
      if (!(await prove(visit))) {
        await show(visit, { outcome: { kind: 'wrong_proof' } }, 403);
        return;
      }
      const made = await handOver.makeLink(changeOf(visit), visit.form.get('secret') === 'new');
      if (made.ok) {
        await show(visit, { madeLink: `${publicOrigin}${pages.base}/hand-over/${made.value.token}` });
        return;
      }
      const { code, reason } = made.refusal;
      if (code === 'VERSION_CONFLICT') await show(visit, { outcome: { kind: 'lost' } }, 409);
      else await show(visit, { outcome: { kind: 'refused', reason: reason ?? code } }, 400);
    }),
    async door(req, res) {
      const frame = await pages.frame(req);
      const state = await handOver.peek(String(req.params['token']));
      pages.send(res, frame, receivedPage(frame, state), statusOf(state));
    },
    async open(req, res) {
      if (!isOwnPage(req, publicOrigin)) {
        await sendNotice(pages, req, res, { kind: 'stale' }, 403);
        return;
      }
      const frame = await pages.frame(req);
      const opened = await handOver.open(String(req.params['token']), req.ip ?? '');
      if (opened.kind === 'ready') handOverCookie.set(res, opened.session);
      const view: ReceivedView =
        opened.kind === 'ready'
          ? { kind: 'shown', sheet: sheetView(opened.sheet, frame.language, opened.secret) }
          : opened;
      pages.send(res, frame, receivedPage(frame, view), statusOf(view));
    },
    async handedOver(req, res) {
      const frame = await pages.frame(req);
      const handed = await handedOver(req);
      if (handed === undefined) {
        pages.send(res, frame, receivedPage(frame, { kind: 'unknown' }), 404);
        return;
      }
      const { sheet, steps, isAccepted } = handed;
      const view = { kind: 'session' as const, sheet: sheetView(sheet, frame.language), steps, isAccepted };
      // Its script reads it again.
      pages.send(res, frame, receivedPage(frame, view), 200, ["connect-src 'self'"]);
    },
    async report(req, res) {
      const handed = await handedOver(req);
      if (handed === undefined) {
        const frame = await pages.frame(req);
        pages.send(res, frame, receivedPage(frame, { kind: 'unknown' }), 404);
        return;
      }
      const { sheet, steps, isAccepted } = handed;
      const told = steps.map(({ step, seen }) => ({ step, seen_at: seen?.at.toISOString() ?? null }));
      res.set({
        'Cache-Control': 'no-store',
        'Content-Disposition': 'attachment; filename="acceptance.json"',
      });
      res.json({ name: sheet.name, protocol: sheet.protocol, accepted: isAccepted, steps: told });
    },
  };

  async function handedOver(req: Request): Promise<HandedOver | undefined> {
    const session = handOverCookie.read(req);
    return session === undefined ? undefined : handOver.handedOver(session);
  }
}

function statusOf({ kind }: ReceivedView): number {
  return kind === 'unknown' ? 404 : kind === 'opened' ? 410 : 200;
}
