import { randomUUID } from 'node:crypto';
import bodyParser from 'body-parser';
import type { Request, Response, Router as ExpressRouter } from 'express';
import type { VNode } from 'preact';
import { isDecimalText } from '../../domain/decimal.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import type { OpenFrame } from '../../console/ui/shell/open-shell.js';
import { requestSite } from '../../http/callers/request-site.js';
import { Router } from '../../http/router.js';
import { parseCxml } from '../../protocols/cxml/parse-cxml.js';
import { cxmlTimestamp } from '../../protocols/cxml/write/document-start.js';
import { parseFlatForm } from '../../protocols/form/parse-flat-form.js';
import { DEMO } from '../seed-demo.js';
import { ssoUrlIn, startUrlIn } from '../simulation/start-urls.js';
import { buyerAssets, buyerFrame, sendBuyerPage } from './buyer-answers.js';
import { compareWithCart } from './compare-with-cart.js';
import {
  type DecodeReturn,
  type Finding,
  decodeCxmlReturn,
  decodeOciReturn,
  decodeRepostReturn,
} from '../../protocols/returned-cart.js';
import type { ShownDocument } from './pages/buyer-shell.js';
import { CartPage, OrderPage } from './pages/cart-page.js';
import { PlayPage } from './pages/play-page.js';
import { ArrivingPage, RefusedPage, ShopFramePage, StartPage } from './pages/start-page.js';
import { BUYER_TEXTS, type BuyerTexts } from './pages/texts.js';
import type { PlayRuns } from './play/play-run.js';
import { cloneRequest, cxmlCallUp, ociCallUp, orderOfCart, redacted } from './sample-documents.js';

interface VirtualBuyerDeps {
  /** Address of our own server, without a slash at the end: the shop to call, and the target of returned carts. */
  publicUrl: string;
  fetch: typeof fetch;
  plays: PlayRuns;
  /** The pre-flight findings of a sent cart, by the shop's number of the cart. */
  preflightOf?: (quoteId: string) => Finding[];
}

/** architecture.md section 5: a posted transfer may be 32 MiB. */
const RETURN_LIMIT = 32 * 1024 * 1024;
const CALL_UP_TIMEOUT_MS = 10_000;

/**
 * `/virtual-buyer`: plays the procurement system (architecture.md section 6). It keeps nothing of the carts: it only
 * shows what it receives.
 */
export function createVirtualBuyer({
  publicUrl,
  fetch,
  plays,
  preflightOf = () => [],
}: VirtualBuyerDeps): ExpressRouter {
  const { origin, host } = new URL(publicUrl);
  const returnUrl = `${publicUrl}/virtual-buyer/return`;
  const gatewayBaseUrl = `${publicUrl}/virtual-buyer/middleware`;
  const router = Router();
  const readForm = bodyParser.raw({ type: () => true, limit: RETURN_LIMIT });

  function send(req: Request, res: Response, page: (frame: OpenFrame) => VNode, status = 200): void {
    const frame = buyerFrame(req);
    sendBuyerPage(res, page(frame), { nonce: frame.nonce, shopOrigin: origin, status });
  }

  function refuse(
    req: Request,
    res: Response,
    reason: (texts: BuyerTexts['refused']) => string,
    status: number,
    documents: readonly ShownDocument[] = [],
  ): void {
    send(
      req,
      res,
      (frame) => RefusedPage({ frame, view: { reason: reason(BUYER_TEXTS[frame.language].refused), documents } }),
      status,
    );
  }

  /** The fields of a posted form; undefined if it was refused. */
  function fieldsOf(req: Request, res: Response): NameValue[] | undefined {
    const body: unknown = req.body;
    const fields = parseFlatForm(body instanceof Uint8Array ? body : new Uint8Array(), 'utf-8');
    if (fields.ok) return fields.value;
    const { code, reason = code } = fields.refusal;
    refuse(req, res, (texts) => texts.noForm(reason), 400);
    return undefined;
  }

  router.use('/virtual-buyer/assets', buyerAssets);

  router.get('/virtual-buyer', (req, res) => {
    // Under another host name of this machine the frame would be cross-site, and plain http has no cookies for that.
    if (req.get('host') === host) send(req, res, (frame) => StartPage({ frame }));
    else res.redirect(302, `${publicUrl}/virtual-buyer`);
  });

  router.post('/virtual-buyer/start', readForm, async (req, res) => {
    const protocol = fieldsOf(req, res)?.find(({ name }) => name === 'protocol')?.value;
    if (res.headersSent) return;
    if (protocol === 'repost') return askForClone(req, res);
    const { language } = buyerFrame(req);
    if (protocol === 'oci') {
      const fields = ociCallUp(returnUrl, { language });
      const text = redacted(fields.map(({ name, value }) => `${name}=${value}`).join('\n'));
      const form = { action: `${publicUrl}/v1/punchout/oci/setup`, fields };
      const view = { protocol, form, documents: [{ kind: 'callUp', text }] } as const;
      return send(req, res, (frame) => ShopFramePage({ frame, view }));
    }
    const id = randomUUID();
    const request = cxmlCallUp({
      payloadId: `${id}@virtual-buyer.example`,
      timestamp: new Date().toISOString(),
      buyerCookie: `virtual-buyer-${id}`,
      returnUrl,
      supplierUrl: publicUrl,
      language,
    });
    const sent = { kind: 'setup', text: redacted(request) } as const;
    const answer = await post('/v1/punchout/setup', 'application/xml; charset=utf-8', request);
    if (answer === undefined) return refuse(req, res, ({ silent }) => silent, 502, [sent]);
    const documents = [sent, { kind: 'answer', text: answer } as const];
    const startUrl = startUrlIn(answer);
    if (startUrl === undefined) return refuse(req, res, ({ noStartPage }) => noStartPage, 502, documents);
    send(req, res, (frame) => ShopFramePage({ frame, view: { protocol: 'cxml', startUrl, documents } }));
  });

  /** Shows a returned cart; in the shop's frame it first moves to the whole window. */
  function showCart(req: Request, res: Response, decode: (fields: NameValue[]) => ReturnType<DecodeReturn>): void {
    const fields = fieldsOf(req, res);
    if (fields === undefined) return;
    const { path: action } = req;
    if (req.get('sec-fetch-dest') === 'iframe')
      return send(req, res, (frame) => ArrivingPage({ frame, action, fields }));
    const cart = decode(fields);
    const preflight = cart.quoteId === undefined ? [] : preflightOf(cart.quoteId);
    send(req, res, (frame) => CartPage({ frame, view: { cart, preflight } }));
  }

  router.post('/virtual-buyer/return', readForm, (req, res) =>
    showCart(req, res, (fields) => {
      const isCxml = fields.some(({ name }) => /^cxml-(urlencoded|base64)$/i.test(name));
      return isCxml ? decodeCxmlReturn(fields) : decodeOciReturn(fields);
    }),
  );

  router.post('/virtual-buyer/middleware/start-sso-checkout', readForm, (req, res) =>
    showCart(req, res, decodeRepostReturn),
  );

  router.post('/virtual-buyer/order', readForm, async (req, res) => {
    const fields = fieldsOf(req, res);
    if (fields === undefined) return;
    const valuesOf = (wanted: string): string[] =>
      fields.filter(({ name }) => name === wanted).map(({ value }) => value);
    const [document = ''] = valuesOf('document');
    const wish = (value: string | undefined): string | undefined => {
      const text = value?.trim().replace(',', '.');
      return text !== undefined && isDecimalText(text) ? text : undefined;
    };
    const prices = valuesOf('price');
    const id = randomUUID();
    const orderId = `PO-${id.slice(0, 8)}`;
    const order = orderOfCart(document, {
      payloadId: `${id}@virtual-buyer.example`,
      orderId,
      timestamp: cxmlTimestamp(new Date()),
      wishes: valuesOf('quantity').map((quantity, index) => ({ quantity: wish(quantity), price: wish(prices[index]) })),
    });
    if (order === undefined) return refuse(req, res, ({ noCart }) => noCart, 400);
    const sent = { kind: 'order', text: redacted(order) } as const;
    const answer = await post('/v1/punchout/order', 'application/xml; charset=utf-8', order);
    if (answer === undefined) return refuse(req, res, ({ noOrderAnswer }) => noOrderAnswer, 502, [sent]);
    const parsed = parseCxml(answer);
    const status = parsed.ok && parsed.value.kind === 'Response' ? parsed.value.response : undefined;
    const view = {
      orderId,
      code: status?.code,
      text: status?.reason ?? status?.text,
      comparison: compareWithCart(document, order),
      documents: [sent, { kind: 'answer', text: answer } as const],
    };
    send(req, res, (frame) => OrderPage({ frame, view }));
  });

  router.get('/virtual-buyer/play', (req, res) => {
    send(req, res, (frame) => PlayPage({ frame, run: plays.current() }));
  });

  router.post('/virtual-buyer/play', (req, res) => {
    if (requestSite(req, origin, []) === 'cross') return refuse(req, res, ({ otherSite }) => otherSite, 403);
    plays.start();
    res.redirect(303, '/virtual-buyer/play');
  });

  /**
   * The middleware's server requests a clone from the shop and sends the buyer to the returned address. The end
   * customer decides the language.
   */
  async function askForClone(req: Request, res: Response): Promise<void> {
    const { middleware } = DEMO;
    const { endCustomerId } = buyerFrame(req).language === 'en' ? middleware.english : middleware;
    const sessionToken = `virtual-buyer-${randomUUID()}`;
    const request = cloneRequest({ sessionToken, gatewayBaseUrl, endCustomerId });
    const sent = { kind: 'clone', text: redacted(request) } as const;
    const answer = await post('/api/punchout/clone', 'application/json', request);
    if (answer === undefined) return refuse(req, res, ({ silent }) => silent, 502, [sent]);
    const documents = [sent, { kind: 'answer', text: answer } as const];
    const startUrl = ssoUrlIn(answer);
    if (startUrl === undefined) return refuse(req, res, ({ noLink }) => noLink, 502, documents);
    send(req, res, (frame) => ShopFramePage({ frame, view: { protocol: 'repost', startUrl, documents } }));
  }

  async function post(path: string, contentType: string, body: string): Promise<string | undefined> {
    try {
      const response = await fetch(`${publicUrl}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': contentType },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(CALL_UP_TIMEOUT_MS),
      });
      return await response.text();
    } catch {
      return undefined;
    }
  }

  return router;
}
