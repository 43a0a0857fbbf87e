import type { CartRef } from '../domain/cart/cart.js';
import type { ContextFields, SessionContext, Site } from '../domain/context/session-context.js';

/** Emporix's contexts. Every write is one statement, with its audit row. */
export interface SessionContexts {
  find(tenantId: string, sessionId: string): Promise<SessionContext | undefined>;
  /** With version 1; undefined: there is one already, and nothing was changed. */
  create(context: NewContext, actor: string): Promise<SessionContext | undefined>;
  /** Only while `version` is the current one; `cart` becomes the cart of the session's transmission. Undefined: it has another version by now. */
  change(context: NewContext & { version: number }, actor: string, cart?: CartRef): Promise<SessionContext | undefined>;
  /** Sets or removes one attribute, whatever the version. False: there is no such context, or attribute. */
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
  /** The default one first. */
  list(tenantId: string): Promise<Site[]>;
  /** A new default takes the place of the old one; a tenant's first site is its default. */
  save(site: Site): Promise<void>;
  remove(tenantId: string, siteCode: string): Promise<boolean>;
}
