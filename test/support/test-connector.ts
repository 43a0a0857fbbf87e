import type { HashCost } from '../../src/adapters/secrets/scrypt-secret-verifier.js';
import type { ConnectorOptions } from '../../src/config/options.js';
import { type Connector, createConnector } from '../../src/connector.js';
import type { ConnectorServices } from '../../src/wiring/connector-services.js';

const LOW_COST: HashCost = { N: 16, r: 1, p: 1 };

/**
 * A connector in the process of a suite. Its hashes of secrets are not slow: at full cost, a shop with demo data needs
 * a quarter of a second for them, and each wrong secret a tenth. Server processes of tests have the full cost.
 */
export const testConnector = (options: ConnectorOptions<ConnectorServices>): Promise<Connector> =>
  createConnector(options, LOW_COST);
