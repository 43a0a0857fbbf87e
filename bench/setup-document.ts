const SHARED = '<SharedSecret>SecretPassword123</SharedSecret>';

/**
 * PunchFlow's setup request with a unique payloadID and BuyerCookie: an identical one would be answered as a repeat.
 * With articles it is an edit of a cart that holds them.
 */
export function setupDocument(payloadId: string, articles: readonly string[] = []): string {
  const items = articles.map(
    (sku) => `<ItemOut quantity="1"><ItemID><SupplierPartID>${sku}</SupplierPartID></ItemID></ItemOut>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">
<cXML payloadID="${payloadId}" timestamp="2024-01-15T10:30:00Z">
<Header>
<From><Credential domain="NetworkId"><Identity>buyer@company.com</Identity></Credential></From>
<To><Credential domain="DUNS"><Identity>123456789</Identity></Credential></To>
<Sender><Credential domain="NetworkId"><Identity>buyer@company.com</Identity>${SHARED}</Credential></Sender>
</Header>
<Request>
<PunchOutSetupRequest operation="${items.length === 0 ? 'create' : 'edit'}">
<BuyerCookie>cookie-${payloadId}</BuyerCookie>
<Extrinsic name="UserEmail">user@company.com</Extrinsic>
<Extrinsic name="UserName">Max Mustermann</Extrinsic>
<Extrinsic name="CompanyCode">DE001</Extrinsic>
<BrowserFormPost><URL>https://erp.company.com/punchout/return</URL></BrowserFormPost>
<SupplierSetup><URL>https://api.punchflow.de/api/v1/punchout/catalog</URL></SupplierSetup>
${items.join('')}</PunchOutSetupRequest>
</Request>
</cXML>`;
}
