import type { Request, RequestHandler, Response } from 'express';
import { type SignInView, signInPage } from '../../../console/pages/sign-in/sign-in-page.js';
import type { SignInOrigin } from '../../../ports/access/operators.js';
import type { OneTimeDoor } from '../../../usecases/access/one-time-door.js';
import { PROVIDER_FAILURES, type ProviderSignIn } from '../../../usecases/access/sign-in-by-provider.js';
import type { OperatorAccess } from '../../../usecases/access/sign-in-operator.js';
import { setRetryAfter } from '../../answers/error-answers.js';
import type { Admission } from '../../callers/admission.js';
import { isInNetworks } from '../../callers/network-list.js';
import { isHarmlessLook, requestSite } from '../../callers/request-site.js';
import type { ConsolePages } from '../console-pages.js';
import { type Guard, formOf, isOwnPage, sendNotice } from '../guard.js';
import { consolePath } from '../own-address.js';
import type { OperatorCookie } from './operator-cookie.js';

export interface SignInDeps {
  publicOrigin: string;
  pages: ConsolePages;
  cookie: OperatorCookie;
  access: OperatorAccess;
  door: OneTimeDoor;
  /** Absent: operators sign in by password only. */
  provider: Pick<ProviderSignIn, 'name'> | undefined;
  admission: Pick<Admission, 'guessAddress' | 'proven'>;
  demoEnabled: boolean;
}

interface SignInRoutes {
  show: RequestHandler;
  signIn: RequestHandler;
  /** The one-time link of the demo. */
  enter: RequestHandler;
  signOut: ReturnType<Guard>;
}

const LOOPBACK = ['127.0.0.0/8', '::1'];
const MOST_OF_BROWSER = 200;

export function signInRoutes(deps: SignInDeps, guard: Guard): SignInRoutes {
  const { publicOrigin, pages, cookie, access, door, admission, demoEnabled, provider } = deps;

  async function send(
    req: Request,
    res: Response,
    view: Omit<SignInView, 'demo' | 'provider'>,
    status = 200,
  ): Promise<void> {
    const frame = await pages.frame(req);
    pages.send(res, frame, signInPage(frame, { ...view, demo: demoEnabled, provider: provider?.name }), status);
  }

  /** A sign-in makes a new secret; that of an earlier one in this browser ends. */
  async function begin(req: Request, res: Response, secret: string): Promise<void> {
    const earlier = cookie.read(req);
    if (earlier !== undefined) await access.signOut(earlier);
    cookie.set(res, secret);
  }

  return {
    async show(req, res) {
      const { next, failed } = req.query;
      const fault = PROVIDER_FAILURES.find((known) => known === failed);
      await send(req, res, {
        next: consolePath(pages.base, typeof next === 'string' ? next : null),
        fault: fault === undefined ? undefined : { kind: fault },
      });
    },
    async signIn(req, res) {
      if (!isOwnPage(req, publicOrigin)) {
        await sendNotice(pages, req, res, { kind: 'stale' }, 403);
        return;
      }
      const form = formOf(req);
      const next = consolePath(pages.base, form.get('next'));
      const email = form.get('email') ?? '';
      const attempt = { email, password: form.get('password') ?? '', guessAddress: admission.guessAddress(req) };
      const signedIn = await access.signIn(attempt, originOf(req));
      if (signedIn.ok) {
        admission.proven(req);
        await begin(req, res, signedIn.value);
        res.redirect(303, next);
        return;
      }
      const { code, details } = signedIn.refusal;
      setRetryAfter(res, signedIn.refusal);
      const seconds = Number(details?.['retry_after_seconds'] ?? 60);
      if (code === 'RATE_LIMITED') await send(req, res, { next, email, fault: { kind: 'too_many', seconds } }, 429);
      else await send(req, res, { next, email, fault: { kind: 'wrong' } }, 401);
    },
    async enter(req, res) {
      const { token } = req.query;
      const mayEnter =
        demoEnabled &&
        isInNetworks(req.ip, LOOPBACK) &&
        !isHarmlessLook(req) &&
        requestSite(req, publicOrigin) !== 'cross';
      const operator = mayEnter && typeof token === 'string' ? door.redeem(token) : undefined;
      const secret =
        operator === undefined
          ? undefined
          : await access.signInDemo(operator.tenantId, operator.operatorId, originOf(req));
      if (secret === undefined) {
        res.redirect(303, `${pages.base}/sign-in`);
        return;
      }
      await begin(req, res, secret);
      res.redirect(303, pages.base);
    },
    signOut: guard('manage_own_account', async ({ res, secret }) => {
      await access.signOut(secret);
      cookie.clear(res);
      res.redirect(303, `${pages.base}/sign-in`);
    }),
  };
}

/** From where an operator signs in, for the list of their sign-ins. */
export function originOf(req: Request): SignInOrigin {
  return { address: req.ip ?? '', browser: (req.get('user-agent') ?? '').slice(0, MOST_OF_BROWSER) };
}
