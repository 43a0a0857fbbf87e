/** A call-up with a secret somewhere, and next to it a text that is not secret. */
export interface Spelling {
  name: string;
  method?: 'GET';
  path: string;
  /** Absent: no Content-Type is sent. */
  contentType?: string;
  authorization?: string;
  body?: Buffer | string;
  /** Text that the message log must still show; absent if the body cannot be read. */
  shown?: string;
}

export interface Access {
  identity: string;
  /** The correct secret. */
  secret: string;
  username: string;
  returnUrl: string;
  apiKey: string;
}

/** Index of the spelling, in letters and digits only, so that no encoding changes it. */
export type Marks = { secret: string; kept: string };

/** Part of every document, so that an export of the person contains them all. */
export const PERSON = 'person@company.com';

const ELEMENT_NAMES = [
  'SharedSecret1',
  'UserPassword',
  'ApiKey',
  'Passphrase',
  'AccessToken',
  'ClientSecret',
  'Kennwort',
  'x:SharedSecret',
];
const FIELD_NAMES = [
  'ApiKey',
  'Authorization',
  'Kennwort',
  'PIN',
  'UserPassword',
  'access_token',
  'client-secret',
  'pwd',
  'Passphrase',
  'Credential',
];
const QUERY_NAMES = ['sap-password', 'pwd', 'access_token', 'api_key', 'PASSWORD', 'token'];

/** Places for a secret in a document that stays valid cXML. */
const PLACES: [name: string, write: (secret: string) => string][] = [
  ...ELEMENT_NAMES.filter((name) => !name.includes(':')).map((name): [string, (secret: string) => string] => [
    `element ${name}`,
    (secret) => `<Extrinsic name="x"><${name}>${secret}</${name}></Extrinsic>`,
  ]),
  ...ELEMENT_NAMES.filter((name) => !name.includes(':')).map((name): [string, (secret: string) => string] => [
    `attribute ${name}`,
    (secret) => `<Extrinsic name="x" ${name}="${secret}">y</Extrinsic>`,
  ]),
  ...FIELD_NAMES.map((name): [string, (secret: string) => string] => [
    `extrinsic ${name}`,
    (secret) => `<Extrinsic name="${name}">${secret}</Extrinsic>`,
  ]),
  ...QUERY_NAMES.map((name): [string, (secret: string) => string] => [
    `query ${name}`,
    (secret) => `<Extrinsic name="link">https://erp.example/r?a=1&amp;${name}=${secret}&amp;b=2</Extrinsic>`,
  ]),
  ['a comment', (secret) => `<!-- <SharedSecret>${secret}</SharedSecret> -->`],
  ['CDATA', (secret) => `<Extrinsic name="x"><![CDATA[<Password>${secret}</Password>]]></Extrinsic>`],
  ['references', (secret) => `<Extrinsic name="x">&lt;Password&gt;${secret}&lt;/Password&gt;</Extrinsic>`],
  ['children of a secret', (secret) => `<Extrinsic name="x"><Password><a>b</a><b>${secret}</b></Password></Extrinsic>`],
  ['a value of an extrinsic', (secret) => `<Extrinsic name="Password"><Value>${secret}</Value></Extrinsic>`],
  ['a password in an address', (secret) => `<Extrinsic name="link">https://user:${secret}@erp.example/x</Extrinsic>`],
];

function document(
  { identity, secret }: Access,
  { kept }: Marks,
  { place = '', shared = `<SharedSecret>${secret}</SharedSecret>`, returnUrl = '' } = {},
): string {
  const credential = `<Credential domain="NetworkId"><Identity>${identity}</Identity>${shared}</Credential>`;
  const person = `<Extrinsic name="UserEmail">${PERSON}</Extrinsic>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<cXML payloadID="${kept}@erp.example" timestamp="2026-01-15T10:30:00Z"><Header>
<From><Credential domain="NetworkId"><Identity>${identity}</Identity></Credential></From>
<To><Credential domain="DUNS"><Identity>123456789</Identity></Credential></To>
<Sender>${credential}<UserAgent>${kept}</UserAgent></Sender>
</Header><Request><PunchOutSetupRequest operation="create"><BuyerCookie>${kept}</BuyerCookie>${person}${place}
<BrowserFormPost><URL>${returnUrl}</URL></BrowserFormPost></PunchOutSetupRequest></Request></cXML>`;
}

/** Of the unusual SharedSecrets: unclosed ones, where all following text may be part of the secret. */
const UNREADABLE = new Set([5, 6]);

/** Wrappings of a document, with the types that senders use; the reader looks only at the content. */
const WRAPPINGS: [name: string, contentType: string | undefined, wrap: (text: string) => Buffer | string][] = [
  ['XML', 'text/xml', (text) => text],
  ["XML with curl's type", 'application/x-www-form-urlencoded', (text) => text],
  ['XML without a type', undefined, (text) => text],
  ['XML as JSON', 'application/json', (text) => text],
  ['UTF-16', 'text/xml', (text) => Buffer.from(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`, 'utf16le')],
  ['a form field', 'application/x-www-form-urlencoded', (text) => `cXML-urlencoded=${encodeURIComponent(text)}`],
  ['a form field as text', 'text/plain', (text) => `cXML-urlencoded=${encodeURIComponent(text)}`],
  [
    'base64 in a form',
    'application/x-www-form-urlencoded',
    (text) => `cXML-base64=${encodeURIComponent(Buffer.from(text).toString('base64'))}`,
  ],
  ['base64', 'text/plain', (text) => Buffer.from(text).toString('base64')],
  ['JSON', 'application/json', (text) => JSON.stringify({ document: text })],
  ['JSON without a type', undefined, (text) => JSON.stringify({ document: text })],
  ['a part', 'multipart/mixed; boundary=b', (text) => `--b\r\nContent-Type: text/xml\r\n\r\n${text}\r\n--b--`],
  [
    'a base64 part',
    'multipart/mixed; boundary=b',
    (text) =>
      `--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n` +
      `\r\n${Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n--b--`,
  ],
  [
    'a quoted-printable part',
    'multipart/mixed; boundary=b',
    (text) =>
      `--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: quoted-printable\r\n` +
      `\r\n${text.replaceAll('=', '=3D')}\r\n--b--`,
  ],
  [
    'SOAP',
    'text/xml',
    (text) =>
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">' +
      `<soap:Body>${text.replace(/^<\?.*?\?>\s*/, '')}</soap:Body></soap:Envelope>`,
  ],
];

/** All spellings; each gets its own marks. */
export function spellings(access: Access): ((marks: Marks) => Spelling)[] {
  const { returnUrl, username, apiKey } = access;
  const cxml =
    (name: string, contentType: string | undefined, body: (marks: Marks) => Buffer | string, isReadable = true) =>
    (marks: Marks): Spelling => ({
      name,
      path: '/v1/punchout/setup',
      ...(contentType === undefined ? {} : { contentType }),
      body: body(marks),
      ...(isReadable ? { shown: `<BuyerCookie>${marks.kept}</BuyerCookie>` } : {}),
    });
  const placed = (marks: Marks, write: (secret: string) => string): string =>
    document(access, marks, { place: write(marks.secret), returnUrl });
  const refused = (marks: Marks, shared: string): string => document(access, marks, { shared, returnUrl });

  const inDocuments = PLACES.flatMap(([name, write], index) => [
    cxml(`${name} in XML`, 'text/xml', (marks) => placed(marks, write)),
    ...WRAPPINGS.filter((_, at) => at > 0 && (at + index) % 4 === 0).map(([wrapping, type, wrap]) =>
      cxml(`${name} in ${wrapping}`, type, (marks) => wrap(placed(marks, write))),
    ),
  ]);
  const wrongSecrets = WRAPPINGS.map(([wrapping, type, wrap]) =>
    cxml(`a wrong SharedSecret in ${wrapping}`, type, (marks) =>
      wrap(refused(marks, `<SharedSecret>${marks.secret}</SharedSecret>`)),
    ),
  );
  const oddSecrets = [
    (secret: string) => `<SharedSecret><a>${secret}</a></SharedSecret>`,
    (secret: string) => `<SharedSecret1>${secret}</SharedSecret1>`,
    (secret: string) => `<SharedSecret><!-- </SharedSecret> -->${secret}</SharedSecret>`,
    (secret: string) => `<SharedSecret><![CDATA[</SharedSecret>${secret}]]></SharedSecret>`,
    (secret: string) => `<SharedSecret><?x </SharedSecret>?>${secret}</SharedSecret>`,
    (secret: string) => `<SharedSecret>${secret}`,
    (secret: string) => `<SharedSecret>${secret}<`,
    (secret: string) =>
      '<CredentialMac type="FromSenderCredentials" algorithm="HMAC-SHA1-96" creationDate="2026-01-15T10:30:00Z" ' +
      `expirationDate="2026-01-15T11:30:00Z">${secret}</CredentialMac>`,
    (secret: string) => `<DigitalSignature type="x">${secret}</DigitalSignature>`,
    (secret: string) =>
      `<SharedSecret>${Array.from(secret, (letter) => `&#${letter.charCodeAt(0)};`).join('')}</SharedSecret>`,
  ].flatMap((write, index) =>
    ['text/xml', 'application/x-www-form-urlencoded', undefined].map((type) =>
      cxml(
        `odd SharedSecret ${index} as ${type ?? 'nothing'}`,
        type,
        (marks) => refused(marks, write(marks.secret)),
        !UNREADABLE.has(index),
      ),
    ),
  );

  const oci =
    (name: string, contentType: string | undefined, fields: (marks: Marks) => Record<string, string>) =>
    (marks: Marks): Spelling => ({
      name: `OCI ${name}`,
      path: '/v1/punchout/oci/setup',
      ...(contentType === undefined ? {} : { contentType }),
      body: new URLSearchParams({
        HOOK_URL: `${returnUrl}?c=${marks.kept}`,
        '~Kept': marks.kept,
        ...fields(marks),
      }).toString(),
      shown: `~Kept=${marks.kept}`,
    });
  const TYPES = ['application/x-www-form-urlencoded', 'text/plain', undefined, 'application/json'];
  const ociForms = TYPES.flatMap((type) => [
    oci(`wrong password as ${type ?? 'nothing'}`, type, ({ secret }) => ({ USERNAME: username, PASSWORD: secret })),
    ...FIELD_NAMES.map((name) =>
      oci(`field ${name} as ${type ?? 'nothing'}`, type, ({ secret }) => ({
        USERNAME: username,
        PASSWORD: access.secret,
        [name]: secret,
      })),
    ),
    ...QUERY_NAMES.map((name) =>
      oci(`HOOK_URL with ${name} as ${type ?? 'nothing'}`, type, ({ secret, kept }) => ({
        USERNAME: username,
        PASSWORD: access.secret,
        HOOK_URL: `${returnUrl}?c=${kept}&${name}=${secret}`,
      })),
    ),
  ]);
  const queries = [...FIELD_NAMES, ...QUERY_NAMES].map((name) => (marks: Marks): Spelling => ({
    name: `query ${name}`,
    method: 'GET',
    path: `/v1/punchout/oci/setup?${new URLSearchParams({
      USERNAME: username,
      PASSWORD: `x${marks.secret}`,
      [name]: marks.secret,
      HOOK_URL: returnUrl,
      '~Kept': marks.kept,
    }).toString()}`,
    shown: `~Kept=${marks.kept}`,
  }));
  const json = [...FIELD_NAMES, ...QUERY_NAMES].flatMap((name) =>
    ['application/json', 'text/plain'].flatMap((contentType) => [
      (marks: Marks): Spelling => ({
        name: `JSON ${name} as ${contentType}`,
        path: '/v1/punchout/setup',
        contentType,
        authorization: `Bearer ${apiKey}`,
        body: JSON.stringify({
          protocol: 'cxml',
          buyer_cookie: marks.kept,
          return_url: `${returnUrl}?${name}=${marks.secret}`,
          [name]: marks.secret,
          nested: [{ [name]: marks.secret }],
        }),
        // Without its type it is treated as unreadable cXML.
        ...(contentType === 'text/plain' ? {} : { shown: `"buyer_cookie":"${marks.kept}"` }),
      }),
      (marks: Marks): Spelling => ({
        name: `clone ${name} as ${contentType}`,
        path: '/api/punchout/clone',
        contentType,
        body: JSON.stringify({
          api_key: marks.secret,
          username: marks.kept,
          operation: 'create',
          end_customer_id: 2,
          session_token: marks.secret,
          gateway_base_url: returnUrl,
          [name]: marks.secret,
        }),
        shown: `"username":"${marks.kept}"`,
      }),
    ]),
  );
  const keys = ['Bearer', 'bearer', 'Basic', 'Token'].map((scheme) => (marks: Marks): Spelling => ({
    name: `a wrong key as ${scheme}`,
    path: '/v1/punchout/setup',
    contentType: 'application/json',
    authorization: `${scheme} ${marks.secret}`,
    body: JSON.stringify({ protocol: 'cxml', return_url: returnUrl, buyer_cookie: marks.kept }),
    shown: `"buyer_cookie":"${marks.kept}"`,
  }));
  const orders = WRAPPINGS.flatMap(([wrapping, type, wrap]) => [
    (marks: Marks): Spelling => ({
      name: `an order in ${wrapping}`,
      path: '/v1/punchout/order',
      ...(type === undefined ? {} : { contentType: type }),
      body: wrap(orderOf(document(access, marks, { returnUrl }), marks)),
      shown: `orderID="${marks.kept}"`,
    }),
  ]);
  return [...inDocuments, ...wrongSecrets, ...oddSecrets, ...ociForms, ...queries, ...json, ...keys, ...orders];
}

/** A purchase order with a payment card and secrets in its extrinsics. */
function orderOf(setup: string, { secret, kept }: Marks): string {
  const header =
    `<OrderRequestHeader orderID="${kept}" orderDate="2026-01-15T10:30:00+00:00" type="new"><Total><Money ` +
    'currency="EUR">1.00</Money></Total><BillTo><Address><Name xml:lang="de">Company</Name></Address></BillTo>' +
    `<Payment><PCard number="${secret}" expiration="2030-01-01" name="${secret}"/></Payment><Extrinsic ` +
    `name="ApiKey">${secret}</Extrinsic></OrderRequestHeader>`;
  const item =
    '<ItemOut quantity="1" lineNumber="1"><ItemID><SupplierPartID>SKU-001</SupplierPartID></ItemID><ItemDetail>' +
    '<UnitPrice><Money currency="EUR">1.00</Money></UnitPrice><Description xml:lang="de">x</Description>' +
    '<UnitOfMeasure>C62</UnitOfMeasure><Classification domain="UNSPSC">1</Classification><Extrinsic ' +
    `name="Password">${secret}</Extrinsic></ItemDetail></ItemOut>`;
  return setup.replace(
    /<PunchOutSetupRequest[\s\S]*<\/PunchOutSetupRequest>/,
    `<OrderRequest>${header}${item}</OrderRequest>`,
  );
}
