import type { ProfileName } from '../../domain/access/connection.js';
import type { PreflightRules } from '../../domain/transmission/preflight.js';

/** What we ship for one platform: where a connection's settings begin, and what its pre-flight looks at. */
export interface Profile {
  name: ProfileName;
  protocol: 'cxml' | 'oci';
  /** Part of a settings document; a connection's own values win over it. */
  settings: Record<string, unknown>;
  preflight: PreflightRules;
}
