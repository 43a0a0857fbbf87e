import type { JSX } from 'preact';
import { formatDecimal, parseDecimal, round, trimZeros } from '../../../domain/decimal.js';
import { Badge } from '../../../console/ui/badge.js';
import type { Language } from '../../../console/ui/language.js';
import { Notice } from '../../../console/ui/notice.js';
import { amountText, numberText } from '../../../console/ui/numbers.js';
import type { OpenFrame } from '../../../console/ui/shell/open-shell.js';
import { Table } from '../../../console/ui/table.js';
import type { ComparedLine, OrderComparison } from '../compare-with-cart.js';
import type { Finding, ReceivedCart } from '../../../protocols/returned-cart.js';
import { Again, BuyerShell, Documents, Findings, type ShownDocument } from './buyer-shell.js';
import { BUYER_TEXTS } from './texts.js';

interface CartView {
  cart: ReceivedCart;
  /** Of the shop, before it sent the cart. */
  preflight: readonly Finding[];
}

/** The returned cart, decoded, with all findings of our checker and of the shop's pre-flight, and the raw document. */
export function CartPage({ frame, view: { cart, preflight } }: { frame: OpenFrame; view: CartView }): JSX.Element {
  const { language } = frame;
  const texts = BUYER_TEXTS[language].cart;
  const hasErrors = cart.findings.some(({ severity }) => severity === 'error');
  const isOrderable = cart.lines.length > 0 && !hasErrors && cart.document.includes('<PunchOutOrderMessage');
  return (
    <BuyerShell frame={frame} title={texts.title}>
      <h1>{cart.lines.length === 0 ? texts.empty : texts.heading}</h1>
      {cart.buyerCookie === '' ? null : (
        <p class="sub">
          {cart.cookieName ?? 'BuyerCookie'}: <code>{cart.buyerCookie}</code>
        </p>
      )}
      <Notice tone={hasErrors ? 'bad' : cart.findings.length > 0 ? 'warn' : 'good'}>
        {cart.findings.length === 0 ? texts.clean : texts.remarks(cart.findings.length)}
      </Notice>
      <Findings findings={cart.findings} language={language} />
      {preflight.length === 0 ? null : (
        <section>
          <h2>{texts.preflight}</h2>
          <Findings findings={preflight} language={language} />
        </section>
      )}
      {isOrderable ? (
        <form method="post" action="/virtual-buyer/order">
          <input type="hidden" name="document" value={cart.document} />
          <Lines cart={cart} language={language} isOrderable />
          <h2>{texts.orderHeading}</h2>
          <p>{texts.orderText}</p>
          <button type="submit">{texts.orderButton}</button>
        </form>
      ) : (
        <Lines cart={cart} language={language} isOrderable={false} />
      )}
      <Documents documents={[{ kind: 'cart', text: cart.document }]} language={language} />
      <Again language={language} />
    </BuyerShell>
  );
}

interface LinesProps {
  cart: ReceivedCart;
  language: Language;
  /** With a field for the ordered quantity and price of each line. */
  isOrderable: boolean;
}

function Lines({ cart, language, isOrderable }: LinesProps): JSX.Element | null {
  const texts = BUYER_TEXTS[language].cart;
  if (cart.lines.length === 0) return null;
  const field = (name: string, label: string, value: string): JSX.Element => (
    <input name={name} value={value} inputMode="decimal" autocomplete="off" aria-label={label} />
  );
  return (
    <>
      <Table
        caption={texts.caption}
        columns={[
          { label: texts.article },
          { label: texts.quantity, isNumber: true },
          { label: texts.price, isNumber: true },
          { label: texts.amount, isNumber: true },
        ]}
        rows={[
          ...cart.lines.map(({ supplierPartId, name, quantity, unit, unitPrice, priceBasis, amount }) => [
            <>
              {name}
              <p class="hint">{supplierPartId}</p>
            </>,
            <>
              {isOrderable
                ? field('quantity', texts.orderQuantity(name), plain(quantity, 0))
                : numberText(plain(quantity, 0), language)}{' '}
              <span class="of">{unit}</span>
            </>,
            <>
              {isOrderable
                ? field('price', texts.orderPrice(name), plain(unitPrice, 2))
                : numberText(plain(unitPrice, 2), language)}{' '}
              <span class="of">{basisText(priceBasis, language)}</span>
            </>,
            numberText(amount, language),
          ]),
        ]}
      />
      <p class="sum">
        {texts.total} <b>{amountText(cart.total, cart.currency, language)}</b>
      </p>
    </>
  );
}

function basisText(basis: string, language: Language): string {
  return /^1(\.0+)?$/.test(basis) ? '' : `/ ${numberText(plain(basis, 0), language)}`;
}

export interface OrderView {
  orderId: string;
  /** Code of the Status in the shop's answer; undefined if there was none. */
  code: string | undefined;
  /** Text of the Status; undefined if there was none. */
  text: string | undefined;
  comparison: OrderComparison;
  documents: readonly ShownDocument[];
}

/** The shop's answer to a purchase order, and the order beside the cart. */
export function OrderPage({ frame, view }: { frame: OpenFrame; view: OrderView }): JSX.Element {
  const { language } = frame;
  const { code, comparison } = view;
  const texts = BUYER_TEXTS[language].order;
  const isTaken = /^2\d\d$/.test(code ?? '');
  return (
    <BuyerShell frame={frame} title={texts.title}>
      <h1>{isTaken ? texts.taken : texts.refused}</h1>
      <p class="sub">
        {texts.number}: <code>{view.orderId}</code>
      </p>
      <Notice tone={code === '200' ? 'good' : isTaken ? 'warn' : 'bad'}>
        {code === undefined ? '' : `Status ${code}: `}
        {view.text ?? texts.noResponse}
      </Notice>
      <h2>{texts.heading}</h2>
      {comparison.whole.map(({ kind, sent, ordered }) => (
        <Notice tone="warn">
          {texts.differs[kind]}: {texts.inPlaceOf(ordered ?? '-', sent ?? '-')}
        </Notice>
      ))}
      <Table
        caption={texts.caption}
        columns={[
          { label: BUYER_TEXTS[language].cart.article },
          { label: texts.sent, isNumber: true },
          { label: texts.ordered, isNumber: true },
          { label: texts.verdict },
        ]}
        rows={comparison.lines.map((line) => [
          line.article,
          sideText(line.sent, language),
          sideText(line.ordered, language),
          <Verdict line={line} language={language} />,
        ])}
      />
      <Documents documents={view.documents} language={language} />
      <Again language={language} />
    </BuyerShell>
  );
}

function Verdict({ line, language }: { line: ComparedLine; language: Language }): JSX.Element {
  const texts = BUYER_TEXTS[language].order;
  if (line.differences.length === 0) return <Badge tone="good" text={texts.same} />;
  return (
    <>
      {line.differences.map((kind) => (
        <>
          <Badge tone="bad" text={texts.differs[kind]} />{' '}
        </>
      ))}
    </>
  );
}

function sideText(side: ComparedLine['sent'], language: Language): string {
  if (side === undefined) return '-';
  const { quantity, unit = '', price, priceBasis = '1' } = side;
  const count = `${numberText(plain(quantity, 0), language)} ${unit}`.trim();
  if (price === undefined) return count;
  const amount = amountText(plain(price.amount, 2), price.currency, language);
  return `${count} x ${amount} ${basisText(priceBasis, language)}`.trim();
}

/** Without trailing zeros (OCI writes 2.000), but with at least `digits` digits after the point. */
function plain(decimal: string, digits: number): string {
  const trimmed = trimZeros(parseDecimal(decimal));
  return formatDecimal(round(trimmed, Math.max(trimmed.scale, digits)));
}
