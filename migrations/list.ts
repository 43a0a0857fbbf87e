import type { Migration } from './migration.js';
import { apiKey } from './api-key.js';
import { apiKeyExpiry } from './api-key-expiry.js';
import { audit } from './audit.js';
import { browserSession } from './browser-session.js';
import { connection } from './connection.js';
import { demoStore } from './demo-store.js';
import { idempotencyKey } from './idempotency-key.js';
import { installationKey } from './installation-key.js';
import { job } from './job.js';
import { outboxEvent } from './outbox-event.js';
import { payloadShown } from './payload-shown.js';
import { restoreReport } from './restore-report.js';
import { salesFigures } from './sales-figures.js';
import { sealedSecret } from './sealed-secret.js';
import { sessionHistory } from './session-history.js';
import { tenant } from './tenant.js';
import { transferPayload } from './transfer-payload.js';
import { transmission } from './transmission.js';

/** In the order in which they run; new ones go to the end. */
export const MIGRATIONS: readonly Migration[] = [tenant, connection, apiKey, transmission, transferPayload, outboxEvent, job, audit, browserSession, demoStore, installationKey, sessionHistory, salesFigures, idempotencyKey, apiKeyExpiry, restoreReport, sealedSecret, payloadShown];
