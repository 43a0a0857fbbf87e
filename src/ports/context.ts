import type { CartRef } from '../domain/cart/cart.js';
import type { ContextFields, SessionContext, Site } from '../domain/context/session-context.js';

/** Emporix's contexts. Every write is one statement, together with its audit row. */
export interface SessionContexts {
  find(tenantId: string, sessionId: string): Promise<SessionContext | undefined>;
  /** Creates version 1. Undefined: a context exists already, and nothing was changed. */
  create(context: NewContext, actor: string): Promise<SessionContext | undefined>;
  /**
   * Works only if `version` is the current one. `cart` becomes the cart of the session's transmission. Undefined: the
   * current version is another one.
   */
  change(context: NewContext & { version: number }, actor: string, cart?: CartRef): Promise<SessionContext | undefined>;
  /** Sets or removes one attribute, at any version. False: there is no such context or attribute. */
  setAttribute(tenantId: string, sessionId: string, name: string, value: unknown, actor: string): Promise<boolean>;
  removeAttribute(tenantId: string, sessionId: string, name: string, actor: string): Promise<boolean>;
}

interface NewContext {
  tenantId: string;
  sessionId: string;
  fields: ContextFields;
  attributes: Record<string, unknown>;
}

export interface Sites {
  /** The default site first. */
  list(tenantId: string): Promise<Site[]>;
  /** A new default replaces the old one. A tenant's first site is its default. */
  save(site: Site): Promise<void>;
  remove(tenantId: string, siteCode: string): Promise<boolean>;
}
