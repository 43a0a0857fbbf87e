import { BUYER_LISTS } from '../../../../domain/catalogue/catalogue-index.js';
import { record } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';

const COUNT = { type: 'integer', minimum: 0, description: 'Codes of the list. 0: there is none' } as const;
const LISTS = record({ classification: COUNT, unit: COUNT });
const PATH = '/connections/{connection}/code-lists';

export const LIST_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminGetCodeLists',
    method: 'get',
    path: PATH,
    summary: "How many codes the lists of a connection's buyer have",
    data: record({ lists: LISTS }),
  }),
  adminOperation({
    operationId: 'adminSaveCodeList',
    method: 'post',
    path: `${PATH}/{list}`,
    summary: 'Name the classification codes or units that the buyer knows: all of the list, or none',
    request: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        codes: { type: 'array', minItems: 1, maxItems: 50_000, items: { type: 'string' } },
        csv: { type: 'string', minLength: 1, description: 'In place of codes: the code is in the first column' },
        add: { type: 'boolean', description: 'Beside the codes that are there, not in their place' },
      },
    },
    data: record({ lists: LISTS }),
  }),
  adminOperation({
    operationId: 'adminRemoveCodeList',
    method: 'delete',
    path: `${PATH}/{list}`,
    summary: "Remove a list of a connection's buyer",
    data: record({ removed: { const: true } }),
  }),
];

export function listOf(text: string | undefined): (typeof BUYER_LISTS)[number] | undefined {
  return BUYER_LISTS.find((each) => each === text);
}
