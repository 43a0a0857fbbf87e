import { Router } from 'express';
import { refuseShop, wantsJson } from './answer.js';
import { type StorefrontDeps, visitOf } from './visit.js';

/** `POST /context` (`currency`, `language`): another currency or language for a punchout, in the shop and in its session context. */
export function contextRoutes({ connector, ...deps }: StorefrontDeps): Router {
  const router = Router();
  router.post('/context', async (req, res) => {
    const { session } = await visitOf(req, res, { connector, ...deps });
    if (session === undefined) return refuseShop(req, res, { code: 'NO_SESSION' });
    const body = (req.body ?? {}) as Record<string, unknown>;
    const wish = Object.fromEntries(
      ['currency', 'language'].flatMap((name) =>
        typeof body[name] === 'string' && body[name] !== '' ? [[name, body[name]]] : [],
      ),
    );
    const changed = await connector.context.change(session, wish);
    if (!changed.ok)
      return refuseShop(
        req,
        res,
        { code: changed.refusal.code === 'CONTEXT_REFUSED' ? 'INVALID_REQUEST' : changed.refusal.code },
        session,
      );
    if (wantsJson(req)) res.json({ currency: changed.value.fields.currency, language: changed.value.fields.language });
    else res.redirect(303, pageBefore(req.get('referer'), deps.publicUrl));
  });
  return router;
}

/** Back to where the button was, never to another site. */
function pageBefore(referer: string | undefined, publicUrl: string): string {
  const home = new URL(publicUrl);
  const from = referer !== undefined && URL.canParse(referer) ? new URL(referer) : home;
  // A path that begins with two slashes would name a host.
  return from.origin === home.origin && from !== home ? from.pathname.replace(/^\/+/, '/') + from.search : '/';
}
