import type { Call, CallKind, CallOutcome, History } from '../history.js';
import type { Random } from '../random.js';
import type { Erp } from '../stage/erp.js';
import type { Dispatcher } from 'undici';
import { Browser, type Answer, type Sending } from './browser.js';

const SESSION = '/agiqon/connector/session';
const TRANSFER = `${SESSION}/logout?transferred=1`;

/** A server process, or a balancer for several. */
export interface Target {
  name: string;
  pool: Pick<Dispatcher, 'request'>;
}

export interface Surroundings {
  history: History;
  erp: Erp;
  random: Random;
}

/** One buyer on one punchout: sends requests and records the answers in the history. */
export class Punchout {
  transmissionId = '';
  startPath = '';
  browser = new Browser();
  protected readonly surroundings: Surroundings;

  constructor(
    surroundings: Surroundings,
    readonly buyerCookie: string,
  ) {
    this.surroundings = surroundings;
  }

  /** The procurement system calls up; false if it got no session. */
  async setUp(to: Target, protocol: 'cxml' | 'oci' = 'cxml'): Promise<boolean> {
    const { history, erp } = this.surroundings;
    const answer = await new Browser().send(to, '/v1/punchout/setup', {
      method: 'POST',
      accept: 'json',
      headers: { authorization: 'Bearer demo-api-key' },
      json: { protocol, buyer_cookie: this.buyerCookie, return_url: erp.returnUrl(this.buyerCookie) },
    });
    if (answer.status === 201) {
      const { data } = JSON.parse(answer.body.toString('utf8')) as { data: { session_id: string; start_url: string } };
      this.transmissionId = data.session_id;
      this.startPath = data.start_url.slice(erp.publicUrl.length);
    }
    history.add(this.call('set-up', to, answer, outcomeOf(answer, [201])));
    return answer.status === 201;
  }

  async logIn(to: Target, browser = this.browser, accept: 'json' | 'page' = 'page'): Promise<Call> {
    const answer = await browser.send(to, this.startPath, { accept, headers: { 'sec-fetch-mode': 'navigate' } });
    return this.surroundings.history.add(this.call('login', to, answer, outcomeOf(answer, [200, 303])));
  }

  async add(to: Target, sku: string, quantity: number, browser = this.browser): Promise<Call> {
    const answer = await browser.send(to, '/checkout/line-item/add', {
      method: 'POST',
      accept: 'json',
      json: { sku, quantity },
    });
    const visitor = answer.cookies.get('demo-cart');
    // A cart that is locked by another write for too long gives CART_CHANGING: the outcome is then unknown.
    const outcome =
      answer.status === 409 && answer.body.includes('CART_CHANGING') ? 'unknown' : outcomeOf(answer, [200]);
    const added = { sku, quantity, ...(visitor === undefined ? {} : { visitor }) };
    return this.surroundings.history.add({ ...this.call('add', to, answer, outcome), added });
  }

  async transfer(
    to: Target,
    form: 'json' | 'page',
    browser = this.browser,
    method: 'GET' | 'POST' = 'GET',
  ): Promise<Call> {
    const { history } = this.surroundings;
    const answer = await browser.send(to, TRANSFER, { method, accept: form });
    const isPayload =
      answer.status === 200 && answer.body.includes(form === 'json' ? '"fields":' : '<form id="punchout_transfer"');
    const outcome = answer.status === 200 ? (isPayload ? 'acknowledged' : 'refused') : outcomeOf(answer, []);
    return history.add({
      ...this.call('transfer', to, answer, outcome),
      form,
      ...(isPayload ? { digest: history.keep(answer.body) } : {}),
    });
  }

  async logOut(to: Target, browser = this.browser): Promise<Call> {
    const answer = await browser.send(to, `${SESSION}/logout`, { method: 'POST', accept: 'json' });
    return this.surroundings.history.add(this.call('logout', to, answer, outcomeOf(answer, [200])));
  }

  /** Whether the connector sees an active session; in the history as `active` or `none`. */
  async look(to: Target, browser = this.browser): Promise<Call> {
    const answer = await browser.send(to, `${SESSION}/get`, { accept: 'json' });
    const active =
      answer.status === 200 &&
      (JSON.parse(answer.body.toString('utf8')) as { active: boolean; transmissionId?: string });
    const saw = active === false ? 'nothing' : active.active ? `active ${active.transmissionId ?? ''}` : 'none';
    return this.surroundings.history.add({ ...this.call('look', to, answer, outcomeOf(answer, [200])), saw });
  }

  /** Quantities in the cart as the shop shows them; undefined if it does not. */
  async cart(to: Target, browser = this.browser): Promise<Map<string, number> | undefined> {
    const answer = await browser.send(to, '/checkout/cart.json', { accept: 'json' });
    if (answer.status !== 200) return undefined;
    const { lines } = JSON.parse(answer.body.toString('utf8')) as { lines: { sku: string; quantity: number }[] };
    return new Map(lines.map(({ sku, quantity }) => [sku, quantity]));
  }

  /** In the history as `closed` (redirected to the cart, or 403), `unavailable` (no answer, 503), else `open`. */
  async blockedPage(to: Target, path: string, sending: Sending = {}, browser = this.browser): Promise<Call> {
    const answer = await browser.send(to, path, sending);
    const closed =
      answer.status === 403 || (answer.status === 303 && answer.location?.split('?')[0] === '/checkout/cart');
    const saw = closed ? 'closed' : answer.status === 0 || answer.status === 503 ? 'unavailable' : 'open';
    return this.surroundings.history.add({
      ...this.call('blocked-page', to, answer, outcomeOf(answer, [200, 303, 403])),
      saw: `${saw} ${sending.method ?? 'GET'} ${path}`,
    });
  }

  /** The browser posts the given form to the procurement system. */
  async deliver(fields: readonly { name: string; value: string }[]): Promise<void> {
    const { erp } = this.surroundings;
    const body = new URLSearchParams(fields.map(({ name, value }): [string, string] => [name, value]));
    await fetch(erp.returnUrl(this.buyerCookie), { method: 'POST', body });
  }

  protected call(kind: CallKind, to: Target, answer: Answer, outcome: CallOutcome): Call {
    const { history } = this.surroundings;
    const endedMs = history.now();
    return {
      kind,
      subject: this.transmissionId,
      process: to.name,
      startedMs: endedMs - (answer.endedAt - answer.startedAt),
      endedMs,
      outcome,
      status: answer.status,
    };
  }
}

function outcomeOf({ status }: Answer, good: readonly number[]): CallOutcome {
  if (good.includes(status)) return 'acknowledged';
  return status === 0 || status >= 500 ? 'unknown' : 'refused';
}
