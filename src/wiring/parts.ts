import type { ConnectorOptions } from '../config/options.js';
import type { Logger } from '../ports/logger.js';
import type { Atomically } from '../ports/managed-directory.js';
import type { Repositories } from './repositories.js';
import type { Services } from './services.js';
import type { SharedUseCases } from './shared-use-cases.js';

/** All that there is to wire from. Each API family names the parts that it takes. */
export interface Parts extends Repositories, Services, SharedUseCases {
  options: Pick<
    ConnectorOptions<never>,
    'publicUrl' | 'demo' | 'docs' | 'console' | 'transferHandler' | 'headerlessGet' | 'restoreReport' | 'hookTimeoutMs'
  >;
  /** Changes that operators make. */
  atomically: Atomically;
  secrets: readonly string[];
  isStopping: () => boolean;
  log: Logger;
}
