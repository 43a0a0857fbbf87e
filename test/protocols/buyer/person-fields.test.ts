import { describe, expect, it } from '@jest/globals';
import type { BuyerPerson } from '../../../src/domain/transmission/setup-request.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { parseOciCallUp } from '../../../src/protocols/oci/call-up/parse-call-up.js';
import { describeWithReference, referenceText } from '../../support/reference.js';

const PARTY = '<Credential domain="DUNS"><Identity>1</Identity></Credential>';

function cxmlBuyer(content: string): BuyerPerson {
  return buyerIn(
    `<cXML><Header><From>${PARTY}</From><To>${PARTY}</To><Sender>${PARTY}</Sender></Header><Request>` +
      `<PunchOutSetupRequest operation="create"><BuyerCookie>c</BuyerCookie>${content}</PunchOutSetupRequest>` +
      '</Request></cXML>',
  );
}

function buyerIn(document: string): BuyerPerson {
  const parsed = parseCxml(Buffer.from(document), 'text/xml');
  if (!parsed.ok || parsed.value.kind !== 'PunchOutSetupRequest') throw new Error('no setup');
  return parsed.value.setup.request.buyer;
}

function ociBuyer(name: string, value: string): BuyerPerson {
  const parsed = parseOciCallUp([{ name, value }]);
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  return parsed.value.request.buyer;
}

const extrinsic = (name: string, value: string): string => `<Extrinsic name="${name}">${value}</Extrinsic>`;
const contact = (role: string, name: string, email = ''): string =>
  `<Contact${role === '' ? '' : ` role="${role}"`}><Name ` +
  `xml:lang="en">${name}</Name>${email === '' ? '' : `<Email>${email}</Email>`}</Contact>`;

describe('field names that identify the buyer', () => {
  it.each([
    'Email',
    'UserEmail',
    'User email',
    'EmailAddress',
    'E-Mail',
    'e_mail',
    'mail',
    'EMAIL',
    'user_email',
    'User-Email-Address',
    'smtp_addr',
    'Requester Email',
  ])('%s is the e-mail, in both protocols', (name) => {
    expect(cxmlBuyer(extrinsic(name, ' j@buyer.example '))).toEqual({ email: 'j@buyer.example' });
    expect(ociBuyer(name, ' j@buyer.example ')).toEqual({ email: 'j@buyer.example' });
    expect(ociBuyer(name, 'none')).toEqual({});
  });

  it.each(['UniqueName', 'User', 'UserId', 'user_id', 'Login ID', 'LoginName', 'unique-name'])(
    '%s is the user id, in both protocols',
    (name) => {
      expect(cxmlBuyer(extrinsic(name, 'JDOE'))).toEqual({ userId: 'JDOE' });
      expect(ociBuyer(name, 'JDOE')).toEqual({ userId: 'JDOE' });
      expect(cxmlBuyer(extrinsic(name, 'j@buyer.example'))).toEqual({
        userId: 'j@buyer.example',
        email: 'j@buyer.example',
      });
    },
  );

  it.each([
    ['FullName', 'name'],
    ['User Full Name', 'name'],
    ['display_name', 'name'],
    ['Company', 'company'],
    ['company-name', 'company'],
    ['Organization', 'company'],
  ] as const)('%s is the %s, in both protocols', (name, field) => {
    expect(cxmlBuyer(extrinsic(name, 'J Doe'))).toEqual({ [field]: 'J Doe' });
    expect(ociBuyer(name, 'J Doe')).toEqual({ [field]: 'J Doe' });
  });

  it('first plus last name has priority over a full name, and UserEmail over other e-mails, in any order', () => {
    expect(
      cxmlBuyer(
        extrinsic('Email', 'a@buyer.example') +
          extrinsic('UserEmail', 'b@buyer.example') +
          extrinsic('Name', 'x') +
          extrinsic('Last Name', 'Doe') +
          extrinsic('FirstName', 'Jane'),
      ),
    ).toEqual({ email: 'b@buyer.example', name: 'Jane Doe' });
  });
});

describe('selection of the buyer Contact (DTD, Contact@role)', () => {
  const IT = contact('technicalSupport', 'IT', 'it@buyer.example');

  it.each([
    [
      'the end user before all others',
      IT + contact('', 'None', 'none@buyer.example') + contact('End User', 'J', 'j@buyer.example'),
      { name: 'J', email: 'j@buyer.example' },
    ],
    [
      'the purchasing agent before one without a role',
      contact('', 'None', 'none@buyer.example') + contact('purchasingAgent', 'P', 'p@buyer.example'),
      { name: 'P', email: 'p@buyer.example' },
    ],
    [
      'one without a role before support',
      IT + contact('', 'None', 'none@buyer.example'),
      { name: 'None', email: 'none@buyer.example' },
    ],
    [
      'an unknown role before the supplier',
      contact('supplierCorporate', 'S', 's@shop.example') + contact('chef', 'C', 'c@buyer.example'),
      { name: 'C', email: 'c@buyer.example' },
    ],
    ['support where there is nobody else', IT, { name: 'IT', email: 'it@buyer.example' }],
    ['one with an Email before one without', contact('', 'A') + IT, { name: 'IT', email: 'it@buyer.example' }],
    ["an end user without an Email, who does not get another's", IT + contact('endUser', 'J'), { name: 'J' }],
    [
      'of two end users the one with an Email',
      contact('endUser', 'A') + contact('endUser', 'B', 'b@buyer.example'),
      { name: 'B', email: 'b@buyer.example' },
    ],
    [
      'the first of equal ones',
      contact('endUser', 'A', 'a@buyer.example') + contact('endUser', 'B', 'b@buyer.example'),
      { name: 'A', email: 'a@buyer.example' },
    ],
    [
      'the Extrinsic before any Contact',
      extrinsic('Email', 'x@buyer.example') + contact('endUser', 'A', 'a@buyer.example'),
      { name: 'A', email: 'x@buyer.example' },
    ],
  ])('%s', (_, content, buyer) => {
    expect(cxmlBuyer(content)).toEqual(buyer);
  });
});

describeWithReference('cases')('case setup-contact-roles', () => {
  it('the buyer is the endUser', () => {
    expect(buyerIn(referenceText('cases/setup-contact-roles.xml'))).toEqual({
      email: 'jdoe@buyer.example.com',
      name: 'J Doe',
    });
  });
});
