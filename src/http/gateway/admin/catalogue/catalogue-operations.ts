import { STORE_CUSTOMER_SCHEMA } from '../../../../config/store-account-schema.js';
import { MOST_ADDRESS_ID } from '../../../../domain/access/choose-customer.js';
import { INDEX_FAULTS, INDEX_FORMATS } from '../../../../domain/catalogue/catalogue-index.js';
import { MAYBE_TEXT, record, TIME } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';

const COUNT = { type: 'integer', minimum: 0 } as const;
const FORMAT = { enum: [...INDEX_FORMATS] } as const;
const RUN = {
  run_id: { type: 'integer', minimum: 1 },
  address_id: {
    ...MAYBE_TEXT,
    description: 'Its prices are those of a call-up with this address id of ShipTo; null: of the usual customer',
  },
  customer: {
    ...STORE_CUSTOMER_SCHEMA,
    type: ['object', 'null'],
    description: "The shop's customer whose prices it has; null: the store's own choice",
  },
  state: { enum: ['reading', 'writing', 'done', 'failed'] },
  formats: { type: 'array', items: FORMAT },
  incremental: { type: 'boolean', description: 'Only what changed was read. The files hold the whole catalogue' },
  started_by: { type: 'string' },
  started_at: TIME,
  ended_at: { anyOf: [TIME, { type: 'null' }] },
  products_read: { ...COUNT, description: 'By this run' },
  products: { ...COUNT, description: 'In the catalogue' },
  files: {
    type: 'array',
    items: record({ format: FORMAT, products: { ...COUNT, description: 'In the file' } }),
  },
  reason: { ...MAYBE_TEXT, description: 'Why it failed' },
} as const;
const ISSUE = record({
  kind: { enum: Object.keys(INDEX_FAULTS) },
  severity: { enum: ['error', 'warning'], description: 'error: these products are left out' },
  text: { type: 'string' },
  field: { type: 'string' },
  format: { anyOf: [FORMAT, { type: 'null' }], description: 'null: all formats of the run' },
  count: COUNT,
  products: { type: 'array', items: { type: 'string' }, description: 'Article numbers, the first 100' },
  values: {
    type: 'array',
    items: { type: 'string' },
    description: 'What stood there, in the order of `products`; empty: nothing',
  },
});
const COVERED = {
  anyOf: [
    record({ products: COUNT, matched: COUNT, percent: { type: 'number', minimum: 0, maximum: 100 } }),
    { type: 'null' },
  ],
  description: "Products of the files whose code the buyer's list has; null: the buyer has no such list",
} as const;
const COVERAGE = record({ classification: COVERED, unit: COVERED });
const AFTER = { type: 'integer', minimum: -1, description: 'With JSON: `next` of the piece before' } as const;
const PATH = '/connections/{connection}/indexes';

export const CATALOGUE_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListIndexRuns',
    method: 'get',
    path: PATH,
    summary: 'List the indexes of a connection, newest first',
    query: {
      address_id: {
        type: 'string',
        maxLength: MOST_ADDRESS_ID,
        description: 'Only those of this address id; empty: only those of the usual customer',
      } as { description: string },
    },
    data: record({ runs: { type: 'array', items: record(RUN) } }),
  }),
  adminOperation({
    operationId: 'adminBeginIndexRun',
    method: 'post',
    path: PATH,
    summary: "Write the catalogue of a connection's buyers into files",
    request: {
      type: 'object',
      additionalProperties: false,
      properties: {
        formats: {
          type: 'array',
          minItems: 1,
          uniqueItems: true,
          items: FORMAT,
          description: "Absent: the format of the connection's platform",
        },
        full: { type: 'boolean', description: 'Read all products again, not only those that changed' },
        address_id: {
          type: 'string',
          minLength: 1,
          maxLength: MOST_ADDRESS_ID,
          description: "Of ShipTo, in the connection's table: prices of its customer. Absent: the usual customer",
        },
      },
    },
    data: record(RUN),
  }),
  adminOperation({
    operationId: 'adminGetIndexRun',
    method: 'get',
    path: `${PATH}/{run}`,
    summary: 'Read the report of an index: what was left out, and why',
    data: record({ ...RUN, issues: { type: 'array', items: ISSUE }, coverage: COVERAGE }),
  }),
  adminOperation({
    operationId: 'adminGetIndexFile',
    method: 'get',
    path: `${PATH}/{run}/files/{format}`,
    summary: 'Download a file of an index',
    query: { after: AFTER },
    data: record({ content: { type: 'string' }, next: { anyOf: [COUNT, { type: 'null' }] } }),
    file: 'The whole file',
  }),
];
