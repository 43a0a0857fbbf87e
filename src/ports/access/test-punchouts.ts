import type { NameValue } from '../../domain/transmission/setup-request.js';

/** Punchouts that operators try from the console. */
export interface TestPunchouts {
  /** The secret opens the connection for a minute, until `endSecret`. */
  begin(test: NewTestPunchout): Promise<void>;
  endSecret(testId: string): Promise<void>;
  /** Also one of another tenant: whoever shows it to an operator compares the tenant. */
  find(testId: string): Promise<TestPunchout | undefined>;
  /** Newest first, at most 10, without their forms. */
  list(tenantId: string, connectionId: string): Promise<TestPunchout[]>;
  /** Stores the form that came back, the first one within three hours. False: there was one, or it is too late. */
  take(testId: string, fields: readonly NameValue[]): Promise<boolean>;
  /** Deletes up to `limit` that are a day old. Returns how many. */
  deleteOld(limit: number): Promise<number>;
}

export interface NewTestPunchout {
  tenantId: string;
  connectionId: string;
  testId: string;
  /** `operator:...` */
  startedBy: string;
  secret: string;
  /** The secret is the api_key of a middleware. */
  isKey: boolean;
}

export interface TestPunchout {
  tenantId: string;
  connectionId: string;
  testId: string;
  startedBy: string;
  createdAt: Date;
  /** Its session, once the call-up was accepted. */
  transmissionId?: string;
  returnedAt?: Date;
  returned?: NameValue[];
}
