import { randomUUID } from 'node:crypto';
import bodyParser from 'body-parser';
import type { Response, Router as ExpressRouter } from 'express';
import { parseCxml } from '../../protocols/cxml/parse-cxml.js';
import { cxmlTimestamp } from '../../protocols/cxml/write/document-start.js';
import { parseFlatForm } from '../../protocols/form/parse-flat-form.js';
import { buyerCsp } from './buyer-page.js';
import { orderPage, refusedPage, shopFramePage, startPage, returnPage } from './pages.js';
import type { DecodeReturn, Finding } from './decode-return.js';
import { orderOfCart, cloneRequest, cxmlCallUp, ociCallUp, redacted } from './sample-documents.js';
import { Router } from '../../http/router.js';
import type { ConnectorEvents } from '../../domain/transmission/connector-event.js';
import type { PreflightFinding } from '../../domain/transmission/transfer-payload.js';
import { quoteIdOf } from '../../domain/transmission/transmission.js';

interface VirtualBuyerDeps {
  /** Address of our own server, without a slash at the end: the shop to call, and the target of returned carts. */
  publicUrl: string;
  fetch: typeof fetch;
  decodeCxml: DecodeReturn;
  decodeOci: DecodeReturn;
  decodeRepost: DecodeReturn;
  /** The pre-flight findings of a sent cart, by the shop's number of the cart. */
  preflightOf?: (quoteId: string) => Finding[];
}

/** architecture.md section 5: a posted transfer may be 32 MiB. */
const RETURN_LIMIT = 32 * 1024 * 1024;
const CALL_UP_TIMEOUT_MS = 10_000;

/** StartPage/URL of a PunchOutSetupResponse; undefined if there is none, and for anything but http(s). */
function startUrlIn(answer: string): string | undefined {
  const parsed = parseCxml(answer);
  const url = parsed.ok && parsed.value.kind === 'Response' ? parsed.value.response.startUrl : undefined;
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined;
}

/** `sso_url` of a clone answer; undefined if there is none, and for anything but http(s). */
function ssoUrlIn(answer: string): string | undefined {
  const url = /"sso_url":\s*"(https?:\/\/[^"\\]+)"/.exec(answer)?.[1];
  return url !== undefined && URL.canParse(url) ? url : undefined;
}

/**
 * `/virtual-buyer`: plays the procurement system (architecture.md section 6). Stateless: it only shows what it
 * receives.
 */
export function createVirtualBuyer({
  publicUrl,
  fetch,
  decodeCxml,
  decodeOci,
  decodeRepost,
  preflightOf = () => [],
}: VirtualBuyerDeps): ExpressRouter {
  const { origin, host } = new URL(publicUrl);
  const csp = buyerCsp(origin);
  const returnUrl = `${publicUrl}/virtual-buyer/return`;
  const gatewayBaseUrl = `${publicUrl}/virtual-buyer/middleware`;
  const router = Router();

  function send(res: Response, html: string, status = 200): void {
    res
      .status(status)
      .set({
        'Content-Security-Policy': csp,
        'Referrer-Policy': 'same-origin',
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      })
      .type('html')
      .send(html);
  }

  router.get('/virtual-buyer', (req, res) => {
    // Under another host name of this machine the frame would be cross-site, and plain http has no cookies for that.
    if (req.get('host') === host) send(res, startPage());
    else res.redirect(302, `${publicUrl}/virtual-buyer`);
  });

  router.post('/virtual-buyer/start', bodyParser.urlencoded({ extended: false }), async (req, res) => {
    const form: unknown = req.body;
    const protocol: unknown =
      typeof form === 'object' && form !== null && 'protocol' in form ? form.protocol : undefined;
    if (protocol === 'repost') return askForClone(res);
    if (protocol === 'oci') {
      const fields = ociCallUp(returnUrl);
      const text = redacted(fields.map(({ name, value }) => `${name}=${value}`).join('\n'));
      return send(
        res,
        shopFramePage({
          protocol: 'OCI',
          form: { action: `${publicUrl}/v1/punchout/oci/setup`, fields },
          documents: [{ title: 'Sent by the browser: the call-up', text }],
        }),
      );
    }
    const id = randomUUID();
    const request = cxmlCallUp({
      payloadId: `${id}@virtual-buyer.example`,
      timestamp: new Date().toISOString(),
      buyerCookie: `virtual-buyer-${id}`,
      returnUrl,
      supplierUrl: publicUrl,
    });
    const sent = { title: 'Sent: PunchOutSetupRequest', text: redacted(request) };
    const answer = await post('/v1/punchout/setup', 'application/xml; charset=utf-8', request);
    if (answer === undefined) return send(res, refusedPage('It did not answer.', [sent]), 502);
    const documents = [sent, { title: 'Received: the answer', text: answer }];
    const startUrl = startUrlIn(answer);
    if (startUrl === undefined)
      return send(res, refusedPage('Its answer holds no start page; the Status in it says why.', documents), 502);
    send(res, shopFramePage({ protocol: 'cXML', startUrl, documents }));
  });

  router.post('/virtual-buyer/return', bodyParser.raw({ type: () => true, limit: RETURN_LIMIT }), (req, res) => {
    const body: unknown = req.body;
    const fields = parseFlatForm(body instanceof Uint8Array ? body : new Uint8Array(), 'utf-8');
    if (!fields.ok)
      return send(
        res,
        refusedPage(`What came back is no readable form: ${fields.refusal.reason ?? fields.refusal.code}`, []),
        400,
      );
    const isCxml = fields.value.some(({ name }) => /^cxml-(urlencoded|base64)$/i.test(name));
    const cart = isCxml ? decodeCxml(fields.value) : decodeOci(fields.value);
    send(res, returnPage(cart, cart.quoteId === undefined ? [] : preflightOf(cart.quoteId)));
  });

  router.post(
    '/virtual-buyer/middleware/start-sso-checkout',
    bodyParser.raw({ type: () => true, limit: RETURN_LIMIT }),
    (req, res) => {
      const body: unknown = req.body;
      const fields = parseFlatForm(body instanceof Uint8Array ? body : new Uint8Array(), 'utf-8');
      if (fields.ok) send(res, returnPage(decodeRepost(fields.value), []));
      else
        send(
          res,
          refusedPage(`What came back is no readable form: ${fields.refusal.reason ?? fields.refusal.code}`, []),
          400,
        );
    },
  );

  router.post('/virtual-buyer/order', bodyParser.raw({ type: () => true, limit: RETURN_LIMIT }), async (req, res) => {
    const body: unknown = req.body;
    const fields = parseFlatForm(body instanceof Uint8Array ? body : new Uint8Array(), 'utf-8');
    const document = fields.ok ? (fields.value.find(({ name }) => name === 'document')?.value ?? '') : '';
    const id = randomUUID();
    const orderId = `PO-${id.slice(0, 8)}`;
    const order = orderOfCart(document, {
      payloadId: `${id}@virtual-buyer.example`,
      orderId,
      timestamp: cxmlTimestamp(new Date()),
    });
    if (order === undefined) return send(res, refusedPage('There is no cart to order.', []), 400);
    const sent = { title: 'Sent: OrderRequest', text: redacted(order) };
    const answer = await post('/v1/punchout/order', 'application/xml; charset=utf-8', order);
    if (answer === undefined) return send(res, refusedPage('It did not answer.', [sent]), 502);
    const parsed = parseCxml(answer);
    const status = parsed.ok && parsed.value.kind === 'Response' ? parsed.value.response : undefined;
    send(
      res,
      orderPage({
        orderId,
        code: status?.code,
        text: status?.reason ?? status?.text ?? 'Its answer is no cXML Response.',
        documents: [sent, { title: 'Received: the answer', text: answer }],
      }),
    );
  });

  /** The middleware's server requests a clone from the shop and sends the buyer to the returned address. */
  async function askForClone(res: Response): Promise<void> {
    const request = cloneRequest({ sessionToken: `virtual-buyer-${randomUUID()}`, gatewayBaseUrl });
    const sent = { title: 'Sent: the clone request', text: redacted(request) };
    const answer = await post('/api/punchout/clone', 'application/json', request);
    if (answer === undefined) return send(res, refusedPage('It did not answer.', [sent]), 502);
    const documents = [sent, { title: 'Received: the answer', text: answer }];
    const startUrl = ssoUrlIn(answer);
    if (startUrl === undefined)
      return send(res, refusedPage('Its answer holds no sso_url; its message says why.', documents), 502);
    send(res, shopFramePage({ protocol: 'a middleware', startUrl, documents }));
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

/** Pre-flight findings of recently sent carts. */
interface SentFindings {
  note(event: ConnectorEvents['transfer']): void;
  /** By the number in the cart: `SupplierOrderInfo/@orderID` or `EXT_QUOTE_ID`. */
  of(quoteId: string): Finding[];
}

const MOST = 200;

/** Kept in this process only: the demo has one process. */
export function sentFindings(): SentFindings {
  const sent = new Map<string, Finding[]>();
  return {
    note({ transmission, payload }) {
      const [oldest] = sent.keys();
      if (sent.size >= MOST && oldest !== undefined) sent.delete(oldest);
      sent.set(quoteIdOf(transmission), (payload.findings ?? []).map(findingOf));
    },
    of: (quoteId) => sent.get(quoteId) ?? [],
  };
}

function findingOf({ severity, line, sku, field, message, platform }: PreflightFinding): Finding {
  const place = [line === undefined ? undefined : `line ${line}`, sku, field]
    .filter((part) => part !== undefined)
    .join(', ');
  return { severity, place: `${platform}: ${place}`, text: message };
}
