export interface Answer {
  status: number;
  /** Undefined: an empty body. */
  body?: unknown;
  contextToken?: string;
}

interface Fault {
  code: string;
  title: string;
  detail: string;
  parameters?: Record<string, unknown>;
  pointer?: string;
}

/** One entry of `errors[]` as Shopware writes it; plain HTTP faults have code "0" and no meta. */
export function refusal(
  status: number,
  { code, title, detail, parameters, pointer }: Fault,
  contextToken?: string,
): Answer {
  const isEmpty = parameters !== undefined && Object.keys(parameters).length === 0;
  const meta = parameters === undefined ? {} : { meta: { parameters: isEmpty ? [] : parameters } };
  const error = {
    code,
    status: String(status),
    title,
    detail,
    ...(pointer === undefined ? {} : { source: { pointer } }),
    ...meta,
  };
  return { status, body: { errors: [error] }, ...(contextToken === undefined ? {} : { contextToken }) };
}

export const notLoggedIn = (token: string): Answer =>
  refusal(
    403,
    {
      code: 'CHECKOUT__CUSTOMER_NOT_LOGGED_IN',
      title: 'Forbidden',
      detail: 'Customer is not logged in.',
      parameters: {},
    },
    token,
  );
export const noPermission = (token: string): Answer =>
  refusal(
    403,
    {
      code: 'CHECKOUT__INSUFFICIENT_PERMISSION',
      title: 'Forbidden',
      detail: 'Insufficient permission.',
      parameters: {},
    },
    token,
  );
export const invalidUuid = (input: string, token: string): Answer =>
  refusal(
    400,
    {
      code: 'FRAMEWORK__INVALID_UUID',
      title: 'Bad Request',
      detail: `Value is not a valid UUID: ${input}`,
      parameters: { input },
    },
    token,
  );
export const noSuchLine = (id: string, token: string): Answer =>
  refusal(
    404,
    {
      code: 'CHECKOUT__CART_LINE_ITEM_NOT_FOUND',
      title: 'Not Found',
      detail: `Line item with identifier ${id} not found.`,
      parameters: { id },
    },
    token,
  );
export const wrongType = (value: unknown, token: string): Answer =>
  refusal(
    400,
    {
      code: 'VIOLATION::INVALID_TYPE_ERROR',
      title: 'Constraint violation error',
      detail: 'This value should be of type int.',
      pointer: '/quantity',
      parameters: { '{{ value }}': JSON.stringify(value), '{{ type }}': 'int' },
    },
    token,
  );
