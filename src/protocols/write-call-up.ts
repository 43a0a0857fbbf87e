import type { ConnectionSettings } from '../domain/access/connection.js';
import type { NameValue } from '../domain/transmission/setup-request.js';
import type { Protocol } from '../domain/transmission/protocol.js';
import { cxmlTimestamp, newPayloadId } from './cxml/write/document-start.js';
import { writeSetupRequest } from './cxml/write/write-setup-request.js';

/** What a buyer's system needs to know for a call-up. */
export interface CallUpWish {
  protocol: Protocol;
  settings: Pick<ConnectionSettings, 'cxml' | 'oci' | 'repost'>;
  /** The buyer's own name; a middleware has none. */
  name?: { domain: string; identity: string } | undefined;
  secret: string;
  returnUrl: string;
  /** Makes the call-up unique. */
  mark: string;
  at: Date;
  /** Host of the caller. */
  host: string;
}

/** A call-up as it is sent. */
export interface WrittenCallUp {
  /** Below the public address. */
  path: string;
  contentType: string;
  body: string;
  /** For people: a document, or fields one a line. */
  text: string;
}

/** Where each protocol takes call-ups, below the public address. */
export const CALL_UP_PATHS: Record<Protocol, string> = {
  cxml: '/v1/punchout/setup',
  oci: '/v1/punchout/oci/setup',
  repost: '/api/punchout/clone',
};

const PERSON = { email: 'test.buyer@example.com', name: 'Test Buyer' };

/** A call-up with the data of a connection, as the buyer's system sends it. */
export function writeCallUp(wish: CallUpWish): WrittenCallUp {
  const { protocol, settings, name = { domain: '', identity: '' }, secret, returnUrl, mark, at, host } = wish;
  const path = CALL_UP_PATHS[protocol];
  if (protocol === 'cxml') {
    const body = writeSetupRequest({
      payloadId: newPayloadId(host, at, mark),
      timestamp: cxmlTimestamp(at),
      from: name,
      to: settings.cxml.to[0] ?? settings.cxml.supplier,
      sharedSecret: secret,
      userAgent: 'headless-punchout test',
      buyerCookie: mark,
      returnUrl,
      ...PERSON,
    });
    return { path, contentType: 'text/xml; charset=utf-8', body, text: body };
  }
  if (protocol === 'oci') {
    const { username, password, hookUrl } = settings.oci.parameters;
    const fields: NameValue[] = [
      { name: hookUrl, value: returnUrl },
      { name: username, value: name.identity },
      { name: password, value: secret },
      { name: '~OkCode', value: 'ADDI' },
      { name: '~CALLER', value: 'CTLG' },
      { name: '~TARGET', value: '_top' },
    ];
    return {
      path,
      contentType: 'application/x-www-form-urlencoded',
      body: new URLSearchParams(fields.map((field) => [field.name, field.value])).toString(),
      text: fields.map((field) => `${field.name}=${field.value}`).join('\n'),
    };
  }
  const body = JSON.stringify(
    {
      username: settings.repost?.templateUsers[0] ?? '',
      api_key: secret,
      session_token: mark,
      operation: 'create',
      end_customer_id: settings.repost?.endCustomers[0] ?? 1,
      gateway_base_url: returnUrl,
    },
    null,
    2,
  );
  return { path, contentType: 'application/json', body, text: body };
}
