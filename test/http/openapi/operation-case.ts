import type { RunningShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';

/** Calls one operation once. The answer is compared with the document for its status. */
export interface OperationCase {
  title: string;
  /** `accepted`: a status below 400. `refused`: a status from 400 on, or cXML's Status inside 200. */
  expected: 'accepted' | 'refused';
  run: (shop: RunningShop) => Promise<Answer>;
}

/** Cases by operationId. */
export type OperationCases = Record<string, OperationCase[]>;

export function accepted(title: string, run: OperationCase['run']): OperationCase {
  return { title, expected: 'accepted', run };
}

export function refused(title: string, run: OperationCase['run']): OperationCase {
  return { title, expected: 'refused', run };
}
