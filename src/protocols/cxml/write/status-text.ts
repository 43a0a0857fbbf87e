/** Canonical texts of the codes that we send (RULES 3); 405 and 478 are in no cXML table and never sent. */
const STATUS_TEXTS = new Map<number, string>([
  [200, 'OK'],
  [201, 'Accepted'],
  [204, 'No Content'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [402, 'Payment Required'],
  [403, 'Forbidden'],
  [406, 'Not Acceptable'],
  [409, 'Conflict'],
  [412, 'Precondition Failed'],
  [417, 'Expectation Failed'],
  [450, 'Not Implemented'],
  [475, 'Signature Required'],
  [476, 'Signature Verification Failed'],
  [477, 'Signature Unacceptable'],
  [500, 'Internal Server Error'],
  [550, 'Unable to reach cXML server'],
  [551, 'Unable to forward request'],
  [560, 'Temporary server error'],
]);

/** Unknown codes go by their class (RULES 3). */
export function statusText(code: number): string {
  return STATUS_TEXTS.get(code) ?? STATUS_TEXTS.get(code < 300 ? 200 : code < 500 ? 400 : 500) ?? 'OK';
}
