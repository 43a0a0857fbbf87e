import { randomUUID } from 'node:crypto';
import { Browser, type Answer } from '../proof/buyer/browser.js';
import { Punchout, type Surroundings, type Target } from '../proof/buyer/punchout.js';
import type { ServerProcess } from '../proof/stage/server-process.js';
import { SHOP } from './attacked-shop.js';

/** How a procurement system authenticates. */
export type ProvenBy = 'key' | 'cxml' | 'oci';

/** A process as seen by a client behind the trusted proxy. */
export function behindProxy({ name, pool }: ServerProcess, address: string): Target {
  return {
    name,
    pool: pool.compose(
      (dispatch) => (options, handler) =>
        dispatch(
          { ...options, headers: { ...(options.headers as Record<string, string>), 'x-forwarded-for': address } },
          handler,
        ),
    ),
  };
}

/** A buyer of the attacked shop, whose procurement system calls up in one of three ways. */
export class ProvenBuyer extends Punchout {
  readonly #provenBy: ProvenBy;
  readonly #identity: string;

  constructor(
    surroundings: Surroundings,
    buyerCookie: string,
    provenBy: ProvenBy,
    identity: string = SHOP.cxml.identity,
  ) {
    super(surroundings, buyerCookie);
    this.#provenBy = provenBy;
    this.#identity = identity;
  }

  override async setUp(to: Target): Promise<boolean> {
    const answer = await this.callUp(to);
    const text = answer.body.toString('utf8');
    const [, path, transmissionId] =
      /https:\/\/shop\.attacked\.example(\/agiqon\/connector\/session\/login\/([\w-]+)[^"<\s]*)/.exec(
        text.replaceAll('&amp;', '&'),
      ) ?? [];
    if (path !== undefined && transmissionId !== undefined) {
      this.startPath = path;
      this.transmissionId = transmissionId;
    }
    const outcome =
      path !== undefined ? 'acknowledged' : answer.status === 0 || answer.status >= 500 ? 'unknown' : 'refused';
    this.surroundings.history.add(this.call('set-up', to, answer, outcome));
    return path !== undefined;
  }

  /** Sends the call-up of the procurement system. */
  callUp(to: Target): Promise<Answer> {
    const returnUrl = `${SHOP.returnUrl}?c=${this.buyerCookie}`;
    const browser = new Browser();
    switch (this.#provenBy) {
      case 'key':
        return browser.send(to, '/v1/punchout/setup', {
          method: 'POST',
          accept: 'json',
          headers: { authorization: `Bearer ${SHOP.apiKey}` },
          json: { protocol: 'cxml', buyer_cookie: this.buyerCookie, return_url: returnUrl },
        });
      case 'oci':
        return browser.send(to, '/v1/punchout/oci/setup', {
          method: 'POST',
          form: { USERNAME: SHOP.oci.username, PASSWORD: SHOP.oci.password, HOOK_URL: returnUrl },
        });
      case 'cxml':
        return browser.send(to, '/v1/punchout/setup', {
          method: 'POST',
          body: setupDocument({ identity: this.#identity, secret: SHOP.cxml.secret, buyerCookie: this.buyerCookie }),
          headers: { 'content-type': 'text/xml' },
        });
    }
  }
}

export function setupDocument({
  identity,
  secret,
  buyerCookie = 'c',
  padding = '',
}: {
  identity: string;
  secret: string;
  buyerCookie?: string;
  padding?: string;
}): string {
  const shared = `<SharedSecret>${secret}</SharedSecret>`;
  const request = `<BrowserFormPost><URL>${SHOP.returnUrl}?c=${buyerCookie}</URL></BrowserFormPost>${padding}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<cXML payloadID="${randomUUID()}@erp.attacked.example" timestamp="2026-01-15T10:30:00Z"><Header>
<From><Credential domain="NetworkId"><Identity>${identity}</Identity></Credential></From>
<To><Credential domain="DUNS"><Identity>123456789</Identity></Credential></To>
<Sender><Credential domain="NetworkId"><Identity>${identity}</Identity>${shared}</Credential></Sender>
</Header><Request><PunchOutSetupRequest operation="create"><BuyerCookie>${buyerCookie}</BuyerCookie>
${request}</PunchOutSetupRequest></Request></cXML>`;
}
