import type { Response } from 'express';
import { ERROR_CODES, type Refusal } from '../../../domain/error-codes.js';
import { languageTag } from '../../../domain/language-tag.js';
import { mismatchText, type KeptOrder } from '../../../domain/orders/purchase-order.js';
import type { Operation } from '../../../domain/transmission/transmission.js';
import type { CxmlEnvelope } from '../../../protocols/cxml/cxml-document.js';
import { setRetryAfter } from '../../answers/error-answers.js';
import { newPayloadId } from '../../../protocols/cxml/write/document-start.js';
import {
  type ResponseEnvelope,
  writePingResponse,
  writeProfileResponse,
  writePunchOutSetupResponse,
  writeStatusResponse,
} from '../../../protocols/cxml/write/write-response.js';
import { statusOf } from '../../error-statuses.js';
import { learn } from '../../exchange-facts.js';
import { referenceOf } from '../../reference.js';

/** cXML's way to answer: always HTTP 200, since anything else is a transport error to be retried (cxml.md 3). */
export interface CxmlAnswers {
  sendStarted(res: Response, startUrl: string, envelope?: CxmlEnvelope): void;
  sendRefusal(res: Response, refusal: Refusal, envelope?: CxmlEnvelope): void;
  /** `operationAllowed`: of the connection that asks. */
  sendProfile(res: Response, operationAllowed: Operation, envelope?: CxmlEnvelope): void;
  /** Status 200, or 201 with the mismatches. */
  sendOrderTaken(res: Response, kept: KeptOrder, envelope?: CxmlEnvelope): void;
  sendPing(res: Response): void;
  /** The only answer that is not HTTP 200: no document was read that could be answered. */
  sendMethodNotAllowed(res: Response, refusal: Refusal): void;
}

export function cxmlAnswers(publicUrl: string): CxmlAnswers {
  const host = new URL(publicUrl).hostname;

  /** Our payloadID holds the reference, since it is all that many platforms show of an answer. */
  function envelopeFor(res: Response, request?: CxmlEnvelope): ResponseEnvelope {
    const at = new Date();
    return {
      payloadId: newPayloadId(host, at, referenceOf(res)),
      at,
      ...given(languageTag(request?.language)),
    };
  }

  function send(res: Response, document: string, status = 200): void {
    res.status(status).set('Content-Type', 'text/xml; charset="UTF-8"').send(Buffer.from(document, 'utf8'));
  }

  return {
    sendStarted: (res, startUrl, envelope) => {
      send(res, writePunchOutSetupResponse(envelopeFor(res, envelope), startUrl));
    },
    sendRefusal: (res, refusal, envelope) => {
      learn(res, { refusal });
      setRetryAfter(res, refusal);
      send(res, writeStatusResponse(envelopeFor(res, envelope), statusOf('cxml', refusal.code), reasonOf(refusal)));
    },
    sendProfile: (res, operationAllowed, envelope) => {
      const url = `${publicUrl}/v1/punchout/setup`;
      send(
        res,
        writeProfileResponse(envelopeFor(res, envelope), [
          { requestName: 'PunchOutSetupRequest', url, options: { operationAllowed: ALLOWED[operationAllowed] } },
          {
            requestName: 'OrderRequest',
            url: `${publicUrl}/v1/punchout/order`,
            options: { attachments: 'yes', changes: 'yes' },
          },
          { requestName: 'ProfileRequest', url },
        ]),
      );
    },
    sendOrderTaken: (res, { verdict, mismatches }, envelope) => {
      if (mismatches.length === 0) {
        send(res, writeStatusResponse(envelopeFor(res, envelope), 200));
        return;
      }
      const what =
        verdict === 'unmatched'
          ? 'The order is kept, but it must be looked at'
          : 'The order is kept, but it is not the cart that was sent';
      send(
        res,
        writeStatusResponse(
          envelopeFor(res, envelope),
          201,
          `${what}: ${mismatches.slice(0, 10).map(mismatchText).join('; ')}.`,
        ),
      );
    },
    sendPing: (res) => {
      send(res, writePingResponse(envelopeFor(res)));
    },
    sendMethodNotAllowed: (res, refusal) => {
      learn(res, { refusal });
      send(res, writeStatusResponse(envelopeFor(res), statusOf('cxml', refusal.code), reasonOf(refusal)), 405);
    },
  };
}

/** What a connection's setting allows, in the words of the profile (cxml.md 4). */
const ALLOWED: Record<Operation, string> = { create: 'create', inspect: 'create inspect', edit: 'create inspect edit' };

function given(language: string | undefined): { language?: string } {
  return language === undefined ? {} : { language };
}

/** The sentence an integration engineer acts on: where and why. */
function reasonOf({ code, reason, details }: Refusal): string {
  const error = details?.['error'];
  const place =
    details?.['line'] === undefined ? '' : ` (line ${String(details['line'])}, column ${String(details['column'])})`;
  return `${reason ?? (typeof error === 'string' ? error : ERROR_CODES[code])}${place}`;
}
