import { cachedConnections, cachedSites, cachedTenants, memory } from '../adapters/directory-cache.js';
import { apiKeyRepository } from '../adapters/postgres/access/api-key-repository.js';
import { connectionRepository, tenantRepository } from '../adapters/postgres/access/connection-repository.js';
import { handOverRepository } from '../adapters/postgres/access/hand-over-repository.js';
import { seenSteps } from '../adapters/postgres/access/seen-steps.js';
import { sealedSecrets } from '../adapters/postgres/access/sealed-secrets.js';
import { shipToAddresses } from '../adapters/postgres/access/ship-to-addresses.js';
import { testPunchoutRepository } from '../adapters/postgres/access/test-punchout-repository.js';
import { middlewareKeys, oauthClients } from '../adapters/postgres/access/middleware-keys.js';
import { operatorRepository, signInRepository } from '../adapters/postgres/access/operator-repository.js';
import { pendingSignIns } from '../adapters/postgres/access/pending-sign-ins.js';
import { categoryNumbers } from '../adapters/postgres/category-numbers.js';
import { sessionContexts, sites } from '../adapters/postgres/context/session-contexts.js';
import type { Database } from '../adapters/postgres/database/database.js';
import { auditReads } from '../adapters/postgres/history/audit-reads.js';
import { auditChain, auditLog } from '../adapters/postgres/history/audit-chain.js';
import { liveEvents } from '../adapters/postgres/history/live-events.js';
import { operationsView } from '../adapters/postgres/history/operations-view.js';
import { personalData } from '../adapters/postgres/history/personal-data.js';
import { salesFigures } from '../adapters/postgres/history/sales-figures.js';
import { storedMessages } from '../adapters/postgres/history/stored-messages.js';
import { sessionFunnel } from '../adapters/postgres/history/session-funnel.js';
import { sessionHistory } from '../adapters/postgres/history/session-history.js';
import { sessionSearch } from '../adapters/postgres/history/session-search.js';
import { idempotencyKeys } from '../adapters/postgres/idempotency-keys.js';
import { jobQueue } from '../adapters/postgres/job-queue.js';
import { connectShops } from '../adapters/postgres/orders/connect-shops.js';
import { buyerCodes } from '../adapters/postgres/catalogue/buyer-codes.js';
import { indexPushes } from '../adapters/postgres/catalogue/index-pushes.js';
import { indexRuns } from '../adapters/postgres/catalogue/index-runs.js';
import { feedRepository } from '../adapters/postgres/orders/feed-repository.js';
import { hookRepository } from '../adapters/postgres/orders/hook-repository.js';
import { orderNotices } from '../adapters/postgres/orders/order-notices.js';
import { orderRepository } from '../adapters/postgres/orders/order-repository.js';
import { purchaseOrders } from '../adapters/postgres/orders/purchase-orders.js';
import {
  openedHistory,
  openedOrders,
  openedSentCarts,
  sealedTransmissions,
} from '../adapters/postgres/transmissions/sealed-transmissions.js';
import { sentCarts } from '../adapters/postgres/transmissions/sent-carts.js';
import { sweepFaults } from '../adapters/postgres/sweep-faults.js';
import { transmissionRepository } from '../adapters/postgres/transmissions/transmission-repository.js';
import type { Refusal } from '../domain/error-codes.js';
import type { Atomically } from '../ports/managed-directory.js';
import { HASH_COST, hashSecret } from '../adapters/secrets/scrypt-secret-verifier.js';
import type { secretBox } from '../adapters/secrets/secret-box.js';

/**
 * Everything that the database keeps: for the server, the library and the command line. `box` seals secrets and opens
 * them; `hashCost` is that of new secrets.
 */
export function openRepositories(database: Database, box: ReturnType<typeof secretBox>, hashCost = HASH_COST) {
  const hash = (secret: string): Promise<string> => hashSecret(secret, hashCost);
  return {
    tenants: tenantRepository(database),
    connections: connectionRepository(database, hash, box),
    apiKeys: apiKeyRepository(database),
    connectShops: connectShops(database, box),
    testPunchouts: testPunchoutRepository(database, hash),
    handOvers: handOverRepository(database, box),
    shipToAddresses: shipToAddresses(database),
    seenSteps: seenSteps(database),
    middlewareKeys: middlewareKeys(database, box),
    sealedSecrets: sealedSecrets(database, box),
    oauthClients: oauthClients(database, hash),
    operators: operatorRepository(database, hash),
    signIns: signInRepository(database),
    pendingSignIns: pendingSignIns(database),
    sites: sites(database),
    transmissions: sealedTransmissions(transmissionRepository(database), box),
    sentCarts: openedSentCarts(sentCarts(database), box),
    contexts: sessionContexts(database),
    orders: orderRepository(database),
    purchaseOrders: openedOrders(purchaseOrders(database), box),
    orderNotices: orderNotices(database),
    hooks: hookRepository(database),
    feeds: feedRepository(database),
    indexRuns: indexRuns(database),
    indexPushes: indexPushes(database, box),
    buyerCodes: buyerCodes(database),
    storedMessages: storedMessages(database),
    history: openedHistory(sessionHistory(database), box),
    figures: salesFigures(database),
    operationsView: operationsView(database),
    categoryNumbers: categoryNumbers(database),
    search: sessionSearch(database),
    liveEvents: liveEvents(database),
    funnel: sessionFunnel(database),
    audit: auditLog(database),
    auditReads: auditReads(database),
    auditChain: auditChain(database),
    personalData: personalData(database),
    sweepFaults: sweepFaults(database),
    idempotency: idempotencyKeys(database, box),
    jobs: jobQueue(database),
  };
}

export type Repositories = ReturnType<typeof openRepositories>;

/** For changes of several rows: all are kept, or none. */
export function inOneTransaction(
  database: Database,
  box: ReturnType<typeof secretBox>,
  hashCost = HASH_COST,
): Atomically {
  return async (change) => {
    try {
      return await database.transaction(async (within) => {
        const outcome = await change(openRepositories({ ...database, ...within }, box, hashCost));
        if (!outcome.ok) throw new Refused(outcome.refusal);
        return outcome;
      });
    } catch (error) {
      if (error instanceof Refused) return { ok: false, refusal: error.refusal };
      throw error;
    }
  };
}

/** Takes a refusal out of a transaction, which is rolled back. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/** Tenants, connections and sites from memory, for a server: requests need them, and they seldom change. */
export function withCachedDirectory(
  repositories: Repositories,
  atomically: Atomically,
): Repositories & { atomically: Atomically } {
  // One memory for all: connections are completed by their tenants.
  const remembered = memory();
  return {
    ...repositories,
    tenants: cachedTenants(repositories.tenants, remembered),
    connections: cachedConnections(repositories.connections, remembered),
    sites: cachedSites(repositories.sites, remembered),
    // The secret of a test is one of those that a connection is found with.
    testPunchouts: {
      ...repositories.testPunchouts,
      begin: (test) => remembered.forgetAfter(repositories.testPunchouts.begin(test)),
      endSecret: (testId) => remembered.forgetAfter(repositories.testPunchouts.endSecret(testId)),
    },
    atomically: (change) => remembered.forgetAfter(atomically(change)),
  };
}
