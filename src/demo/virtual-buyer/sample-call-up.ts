import { escapeXmlAttribute, escapeXmlText } from '../../protocols/xml/escape-xml.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';

/** Access data of the demo connections (DESIGN section 6); they work on loopback only. */
const IDENTITY = 'buyer@company.com';
const SECRET = 'SecretPassword123';
const API_KEY = 'site-api-key-abc';

/** Of what the virtual buyer sends. Source 002's call-up has no UserAgent, which the DTD asks for. */
export const sampleHeader = (userAgent?: string): string => `  <Header>
    <From><Credential domain="NetworkId"><Identity>${IDENTITY}</Identity></Credential></From>
    <To><Credential domain="DUNS"><Identity>123456789</Identity></Credential></To>
    <Sender>
      <Credential domain="NetworkId">
        <Identity>${IDENTITY}</Identity>
        <SharedSecret>${SECRET}</SharedSecret>
      </Credential>${userAgent === undefined ? '' : `\n      <UserAgent>${escapeXmlText(userAgent)}</UserAgent>`}
    </Sender>
  </Header>
`;

export interface CxmlCallUp {
  payloadId: string;
  /** ISO 8601. */
  timestamp: string;
  buyerCookie: string;
  returnUrl: string;
  supplierUrl: string;
}

/** A PunchOutSetupRequest as source 002 shows it. */
export function cxmlCallUp({ payloadId, timestamp, buyerCookie, returnUrl, supplierUrl }: CxmlCallUp): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">
<cXML payloadID="${escapeXmlAttribute(payloadId)}" timestamp="${escapeXmlAttribute(timestamp)}">
${sampleHeader()}  <Request>
    <PunchOutSetupRequest operation="create">
      <BuyerCookie>${escapeXmlText(buyerCookie)}</BuyerCookie>
      <Extrinsic name="UserEmail">user@company.com</Extrinsic>
      <Extrinsic name="UserName">Max Mustermann</Extrinsic>
      <Extrinsic name="CompanyCode">DE001</Extrinsic>
      <BrowserFormPost><URL>${escapeXmlText(returnUrl)}</URL></BrowserFormPost>
      <SupplierSetup><URL>${escapeXmlText(supplierUrl)}</URL></SupplierSetup>
    </PunchOutSetupRequest>
  </Request>
</cXML>
`;
}

/** An OCI call-up as source 002 shows it. */
export function ociCallUp(returnUrl: string): NameValue[] {
  return [
    { name: 'HOOK_URL', value: returnUrl },
    { name: 'USERNAME', value: IDENTITY },
    { name: 'PASSWORD', value: SECRET },
    { name: 'FUNCTION', value: 'CREATE_SESSION' },
    { name: 'LANGUAGE', value: 'de' },
    { name: 'CURRENCY', value: 'EUR' },
  ];
}

/** A clone request as source 004 shows it. */
export function cloneRequest({
  sessionToken,
  gatewayBaseUrl,
}: {
  sessionToken: string;
  gatewayBaseUrl: string;
}): string {
  return JSON.stringify(
    {
      username: 'buyer123',
      api_key: API_KEY,
      session_token: sessionToken,
      operation: 'create',
      end_customer_id: 2,
      gateway_base_url: gatewayBaseUrl,
    },
    null,
    2,
  );
}

/** For showing: the password is nobody's business, not even the demo's. */
export function redacted(document: string): string {
  return [SECRET, API_KEY].reduce(
    (text, secret) => text.replaceAll(secret, '\u2022\u2022\u2022\u2022\u2022\u2022'),
    document,
  );
}
