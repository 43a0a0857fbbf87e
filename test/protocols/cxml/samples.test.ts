import { expect, it } from '@jest/globals';
import { TRANSFER_LIMITS } from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { describeWithDtds, samples } from './official-dtds.js';

const all = samples();
const ofType = (pattern: RegExp) =>
  all.filter(({ type }) => pattern.test(type)).map((sample): [string, (typeof all)[number]] => [sample.file, sample]);

function parsed(bytes: Uint8Array) {
  const result = parseCxml(bytes, 'text/xml', TRANSFER_LIMITS);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

describeWithDtds('samples of public projects', () => {
  it.each(ofType(/^PunchOutSetupRequest/))('cxml.md 5.4: %s is accepted, valid or not', (_, { bytes, text }) => {
    const document = parsed(bytes);
    if (document.kind !== 'PunchOutSetupRequest') throw new Error(document.kind);
    const { envelope, setup } = document;
    expect(setup.operation).toBe('create');
    expect(text).toContain(`<BuyerCookie>${setup.buyerCookie}<`);
    expect(setup.returnUrl).toMatch(/^https?:\/\//);
    expect([envelope.from.length, envelope.to.length, envelope.sender.length].every((count) => count > 0)).toBe(true);
    expect(envelope.sharedSecrets[0]?.secret).toMatch(/\S/);
    expect(setup.request.items.length).toBe(text.split('<ItemOut ').length - 1);
    // Parsed trees must not keep their items too.
    expect(setup.request.extrinsics.length).toBe(text.split('<Extrinsic ').length - 1);
  });

  it.each(ofType(/^PunchOutOrderMessage/))('cxml.md 7.2: %s is accepted', (_, { bytes, text }) => {
    const document = parsed(bytes);
    if (document.kind !== 'PunchOutOrderMessage') throw new Error(document.kind);
    const { message } = document;
    expect(message.lines.length).toBe(text.split('<ItemIn ').length - 1);
    expect(message.total).toMatchObject({
      amount: expect.stringMatching(/^\d/),
      currency: expect.stringMatching(/^[A-Z]{3}$/),
    });
    for (const line of message.lines) {
      expect(line.supplierPartId).not.toBe('');
      expect(line.unitPrice.currency).toBe(message.total?.currency);
      expect(line.classifications.length).toBeGreaterThan(0);
      expect(line.descriptions[0]?.text ?? line.descriptions[0]?.shortName).toMatch(/\S/);
    }
  });

  it.each(ofType(/^OrderRequest/))(
    'cxml.md 9: %s is read, or refused where it has no items that name an article',
    (_, { bytes, text }) => {
      if (!text.includes('<ItemID>'))
        return expect(parseCxml(bytes, 'text/xml', TRANSFER_LIMITS)).toMatchObject({
          ok: false,
          refusal: { code: 'INVALID_XML', reason: expect.stringMatching(/Missing child element 'Item(Out|ID)'/) },
        });
      const document = parsed(bytes);
      if (document.kind !== 'OrderRequest') throw new Error(document.kind);
      expect(text).toContain(`orderID="${document.order.orderId}"`);
      expect(document.order.lines.length).toBe(text.split('<ItemOut ').length - 1);
      return expect(document.order).toMatchObject({
        kind: 'new',
        total: { amount: expect.stringMatching(/^\d/) },
        lines: expect.arrayContaining([
          expect.objectContaining({
            unitPrice: { amount: expect.stringMatching(/^\d/), currency: expect.any(String) },
          }),
        ]),
      });
    },
  );

  it.each(ofType(/Response/))('cxml.md 3.3: %s is accepted', (_, { bytes, text }) => {
    const document = parsed(bytes);
    if (document.kind !== 'Response') throw new Error(document.kind);
    expect(text).toContain(`code="${document.response.code}"`);
    expect(document.response.startUrl !== undefined).toBe(text.includes('<StartPage>'));
  });

  it.each(ofType(/^(Catalog|Confirmation|Copy|Invoice|ProductActivity|Quote|ShipNotice|StatusUpdate)/))(
    'cxml.md 3.10: %s is well-formed cXML of a type that is not ours, told by its name',
    (_, { bytes, type }) => {
      expect(parsed(bytes)).toMatchObject({ kind: 'unknown', name: type });
    },
  );

  it.each(ofType(/^unknown/))('cxml.md 3.8: %s is refused, with the fault', (_, { bytes }) => {
    expect(parseCxml(bytes)).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_XML', reason: "Element 'cXML': Missing child element 'Header'" },
    });
  });
});
