import type { ResultFinding, TestResultView } from '../../../console/pages/test-punchout/test-result-page.js';
import type { Language } from '../../../console/ui/language.js';
import { amountText, numberText } from '../../../console/ui/numbers.js';
import { TEXTS } from '../../../console/pages/test-punchout/texts.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type { PreflightFinding } from '../../../domain/transmission/transfer-payload.js';
import { formatDecimal, parseDecimal, trimZeros } from '../../../domain/decimal.js';
import {
  type DecodeReturn,
  decodeCxmlReturn,
  decodeOciReturn,
  decodeRepostReturn,
} from '../../../protocols/returned-cart.js';
import type { TestStory } from '../../../usecases/manage/test-punchout.js';

const DECODERS: Record<Protocol, DecodeReturn> = {
  cxml: decodeCxmlReturn,
  oci: decodeOciReturn,
  repost: decodeRepostReturn,
};

/** What came back, decoded as the buyer's system would. */
export function testResultView({ test, connection, preflight }: TestStory, language: Language): TestResultView {
  const view: TestResultView = {
    connectionId: connection.connectionId,
    name: connection.name,
    testId: test.testId,
    preflight: preflight.map((finding) => preflightFinding(finding, language)),
  };
  if (test.transmissionId !== undefined) view.sessionId = test.transmissionId;
  if (test.returned === undefined) return view;
  const cart = DECODERS[connection.protocol](test.returned);
  view.cart = {
    lines: cart.lines.map((line) => ({
      sku: line.supplierPartId,
      name: line.name,
      quantity: `${plain(line.quantity, language)} ${line.unit}`.trim(),
      price: priceText(line.unitPrice, line.priceBasis, language),
      amount: numberText(line.amount, language),
    })),
    total: amountText(cart.total, cart.currency, language),
    findings: cart.findings,
    document: cart.document,
  };
  return view;
}

function preflightFinding({ severity, line, field, message }: PreflightFinding, language: Language): ResultFinding {
  const places = [...(line === undefined ? [] : [TEXTS[language].line(line)]), ...(field === '' ? [] : [field])];
  return { severity, place: places.join(', '), text: message };
}

function priceText(price: string, basis: string, language: Language): string {
  const text = numberText(price, language);
  return /^1(\.0+)?$/.test(basis) ? text : `${text} / ${plain(basis, language)}`;
}

/** Without zeros at its end: OCI writes 2.000. */
function plain(decimal: string, language: Language): string {
  const value = parseDecimal(decimal);
  return numberText(value === undefined ? decimal : formatDecimal(trimZeros(value)), language);
}
