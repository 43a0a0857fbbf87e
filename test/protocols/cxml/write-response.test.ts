import { expect, it } from '@jest/globals';
import { create } from 'xmlbuilder2';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { cxmlTimestamp, newPayloadId } from '../../../src/protocols/cxml/write/document-start.js';
import {
  statusText,
  writePingResponse,
  writeProfileResponse,
  writePunchOutSetupResponse,
  writeStatusResponse,
} from '../../../src/protocols/cxml/write/write-response.js';
import { NAUGHTY_STRINGS } from '../../fixtures/naughty-strings.js';
import { describeWithDtds, officialVerdict } from './official-dtds.js';

const at = new Date('2024-01-15T10:30:01.789Z');
const envelope = { payloadId: newPayloadId('shop.example', at, 'r4nd0m'), at, language: 'de-DE' };

describeWithDtds('cXML responses', () => {
  const documents: [string, string][] = [
    ['PunchOutSetupResponse', writePunchOutSetupResponse(envelope, 'https://shop.example/login/x?token=a&b=<c>')],
    ['Status', writeStatusResponse(envelope, 401, 'The credentials are not valid.')],
    ['Status without a reason', writeStatusResponse(envelope, 200)],
    ['ping', writePingResponse(envelope)],
    [
      'profile',
      writeProfileResponse(envelope, [
        {
          requestName: 'PunchOutSetupRequest',
          url: 'https://shop.example/setup',
          options: { operationAllowed: 'create inspect edit' },
        },
        { requestName: 'OrderRequest', url: 'https://shop.example/order' },
      ]),
    ],
  ];

  it.each(documents)(
    'cxml.md 1.2: %s is valid by 1.2.014, 1.2.050 and 1.2.071, by the DTD and by our own table',
    (_, document) => {
      for (const version of ['1.2.014', '1.2.050', '1.2.071'] as const) {
        expect(officialVerdict(document, version)).toBe('');
        expect(checkCxmlDocument(document, version)).toEqual([]);
      }
    },
  );

  it.each(documents)(
    'cxml.md 1.1, 1.2, 1.4: %s starts with the XML declaration and has its DOCTYPE on line 2',
    (_, document) => {
      expect(document.split('\n').slice(0, 2)).toEqual([
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">',
      ]);
    },
  );

  it('cxml.md 3.2, 3.4: the setup response has the start page next to Status, & escaped (cxml.md 5.7)', () => {
    const document = writePunchOutSetupResponse(
      { ...envelope, version: '1.2.071' },
      'https://shop.example/login/x?token=a&b=1',
    );
    expect(document).toContain('/1.2.071/cXML.dtd"');
    expect(document).toContain(
      '<Status code="200" text="OK"/><PunchOutSetupResponse><StartPage><URL>https://shop.example/login/x?token=a&' +
        'amp;b=1</URL>',
    );
    expect(parseCxml(document)).toMatchObject({
      ok: true,
      value: {
        kind: 'Response',
        response: { code: '200', text: 'OK', startUrl: 'https://shop.example/login/x?token=a&b=1' },
        envelope: { language: 'de-DE', timestamp: '2024-01-15T10:30:01+00:00' },
      },
    });
  });

  it('reads the PunchFlow response, which nests PunchOutSetupResponse in Status', () => {
    const text =
      '<cXML payloadID="response_123" timestamp="2024-01-15T10:30:01Z"><Response><Status code="200" ' +
      'text="Success"><PunchOutSetupResponse><StartPage><URL>https://shop.example/s</URL></StartPage>' +
      '</PunchOutSetupResponse></Status></Response></cXML>';
    expect(parseCxml(text)).toMatchObject({
      ok: true,
      value: { response: { code: '200', text: 'Success', startUrl: 'https://shop.example/s' } },
    });
    expect(parseCxml(text.replace('text=', 'Text='))).toMatchObject({
      ok: true,
      value: { response: { text: 'Success' } },
    });
  });

  it('cxml.md 3.2, 3.3, 3.12: Status has the canonical text and the reason; setup response only with 2xx', () => {
    const document = writeStatusResponse(envelope, 417, 'The cart of this session is gone.');
    expect(document).toContain(
      '<Response><Status code="417" text="Expectation Failed" xml:lang="en-US">The cart of this session is ' +
        'gone.</Status></Response>',
    );
    expect(
      [200, 201, 204, 400, 401, 402, 403, 406, 409, 412, 417, 450, 475, 476, 477, 500, 550, 551, 560].map(statusText),
    ).toEqual([
      'OK',
      'Accepted',
      'No Content',
      'Bad Request',
      'Unauthorized',
      'Payment Required',
      'Forbidden',
      'Not Acceptable',
      'Conflict',
      'Precondition Failed',
      'Expectation Failed',
      'Not Implemented',
      'Signature Required',
      'Signature Verification Failed',
      'Signature Unacceptable',
      'Internal Server Error',
      'Unable to reach cXML server',
      'Unable to forward request',
      'Temporary server error',
    ]);
    expect([299, 499, 599].map(statusText)).toEqual(['OK', 'Bad Request', 'Internal Server Error']);
  });

  it('cxml.md 3.13: GET is answered with a ping response', () => {
    expect(writePingResponse(envelope)).toContain(
      '<Status code="200" text="OK" xml:lang="en-US">Ping Response Message</Status>',
    );
  });

  it('cxml.md 4.2, 4.3: the profile lists transactions with URL and options, effective at answer time', () => {
    const document = documents.at(-1)?.[1] ?? '';
    expect(document).toContain(
      '<ProfileResponse effectiveDate="2024-01-15T10:30:01+00:00"><Transaction ' +
        'requestName="PunchOutSetupRequest"><URL>https://shop.example/setup</URL><Option name="operationAllowed">' +
        'create inspect edit</Option></Transaction>',
    );
  });

  it('cxml.md 1.5, 1.6: payloadID has a host, the timestamp a numeric offset', () => {
    expect(newPayloadId('shop.example', new Date(1705314601789), 'abc')).toBe('1705314601789.abc@shop.example');
    expect(cxmlTimestamp(at)).toBe('2024-01-15T10:30:01+00:00');
  });

  it('PunchOutSetupResponse, which our own writer writes, is byte for byte what xmlbuilder2 writes', () => {
    const response = create({ version: '1.0', encoding: 'UTF-8' })
      .ele('cXML', { payloadID: 'a@b', timestamp: '2024-01-15T10:30:01+00:00', 'xml:lang': 'de-DE' })
      .ele('Response');
    response.ele('Status', { code: '200', text: 'OK' });
    response.ele('PunchOutSetupResponse').ele('StartPage').ele('URL').txt('https://shop.example/ä?a=1&b=<"c">');
    const ours = writePunchOutSetupResponse(
      { payloadId: 'a@b', at, language: 'de-DE' },
      'https://shop.example/ä?a=1&b=<"c">',
    );
    expect(ours.split('\n')[2]).toBe(response.end({ headless: true }).replace(/^<\?.*?\?>/, ''));
  });

  it('T20: a reason or URL of any text stays text (xmlbuilder2 by itself lets "&foo;" through)', () => {
    for (const naughty of NAUGHTY_STRINGS) {
      const reason = `${naughty}.`;
      expect([
        naughty,
        officialVerdict(writeStatusResponse({ ...envelope, payloadId: naughty }, 400, reason), '1.2.014'),
      ]).toEqual([naughty, '']);
    }
    expect(parseCxml(writeStatusResponse(envelope, 400, '&lt; &foo;'))).toMatchObject({
      ok: true,
      value: { response: { reason: '&lt; &foo;' } },
    });
  });
});
