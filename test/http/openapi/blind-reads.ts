import { Client } from 'pg';

/** Reads of a tenant on a server, without their tenant predicate: only row-level security is left. */
export interface BlindReads {
  /** Names of the statements whose predicate was removed. */
  stripped: Set<string>;
  end(): void;
}

export function blindReads(): BlindReads {
  const stripped = new Set<string>();
  const original = Client.prototype.query;
  const asTenant = new WeakSet<object>();
  Object.assign(Client.prototype, {
    query(this: object, config: unknown, ...rest: unknown[]): unknown {
      if (
        typeof config === 'object' &&
        config !== null &&
        'name' in config &&
        'text' in config &&
        typeof config.text === 'string'
      ) {
        if (config.name === 'tenant-become') asTenant.add(this);
        else if (config.name === 'tenant-leave' || config.name === 'commit') asTenant.delete(this);
        else if (asTenant.has(this)) {
          const text = config.text.replaceAll(/(?:\w+\.)?tenant_id = \$1/g, '$1::text is not null');
          if (text !== config.text) stripped.add(String(config.name));
          return Reflect.apply(original, this, [{ ...config, name: `blind-${String(config.name)}`, text }, ...rest]);
        }
      } else if (config === 'commit' || config === 'rollback') asTenant.delete(this);
      return Reflect.apply(original, this, [config, ...rest]);
    },
  });
  return { stripped, end: () => void Object.assign(Client.prototype, { query: original }) };
}
