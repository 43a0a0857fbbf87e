import { type SettingField, settingAt } from '../domain/access/setting-field.js';
import {
  DEFAULT_ACCESS_POLICY,
  DEFAULT_CART_DAYS,
  DEFAULT_MESSAGE_DAYS,
  DEFAULT_SESSION_DAYS,
} from '../domain/access/tenant.js';
import { DEFAULT_ORDER_STEPS } from '../domain/orders/connect-order.js';
import type { Protocol } from '../domain/transmission/protocol.js';
import { CONNECTION_SCHEMA } from './connection-settings.js';
import { TENANT_SCHEMA } from './tenant-settings.js';

/** The part of JSON schema that our settings use. */
interface Schema {
  type?: string;
  enum?: readonly (string | number)[];
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: unknown;
  required?: readonly string[];
  items?: { type?: string };
  minimum?: number;
  maximum?: number;
  maxProperties?: number;
  default?: unknown;
}

/** Settings that only connections of one protocol have. */
const GROUPS: readonly string[] = ['cxml', 'oci', 'repost'] satisfies Protocol[];
/** Is edited on its own page, not in the form of settings. */
const ELSEWHERE = 'mapping';
/** In force where a tenant has set nothing. */
const OF_TENANTS = {
  currency: 'EUR',
  messageDays: DEFAULT_MESSAGE_DAYS,
  cartDays: DEFAULT_CART_DAYS,
  sessionDays: DEFAULT_SESSION_DAYS,
  orderSteps: DEFAULT_ORDER_STEPS,
  connectionDefaults: DEFAULT_ACCESS_POLICY,
};

/** The fields of a form for connections of this protocol. */
export function connectionFields(protocol: Protocol): SettingField[] {
  return settingFields(CONNECTION_SCHEMA, DEFAULT_ACCESS_POLICY).filter(({ path }) => {
    const [name = ''] = path.split('.', 1);
    return name !== ELSEWHERE && (!GROUPS.includes(name) || name === protocol);
  });
}

/** The fields of a form for tenants. */
export function tenantFields(): SettingField[] {
  return settingFields(TENANT_SCHEMA, OF_TENANTS);
}

/**
 * The fields of a form, made from the schema of a settings document. `defaults`: in force where neither the document
 * nor its schema says something.
 */
function settingFields(document: Schema, defaults: object): SettingField[] {
  const fields: SettingField[] = [];
  const visit = (schema: Schema, path: string): void => {
    for (const [name, part] of Object.entries(schema.properties ?? {})) {
      const own = path === '' ? name : `${path}.${name}`;
      if (isGroup(part)) visit(part, own);
      else fields.push(fieldOf(part, own, { isNeeded: schema.required?.includes(name) === true, defaults }));
    }
  };
  visit(document, '');
  return fields;
}

/** An object whose members are set one by one. */
function isGroup({ properties, required, maxProperties }: Schema): boolean {
  return properties !== undefined && required === undefined && maxProperties === undefined;
}

function fieldOf(
  schema: Schema,
  path: string,
  { isNeeded, defaults }: { isNeeded: boolean; defaults: object },
): SettingField {
  const { minimum, maximum } = schema;
  return {
    path,
    kind: kindOf(schema),
    ...(schema.enum === undefined ? {} : { choices: schema.enum.map(String) }),
    ...(minimum === undefined ? {} : { min: minimum }),
    ...(maximum === undefined ? {} : { max: maximum }),
    ...(isNeeded ? { isNeeded } : {}),
    fallback: schema.default ?? settingAt(defaults, path),
  };
}

function kindOf({ type, enum: choices, items, properties, additionalProperties }: Schema): SettingField['kind'] {
  if (choices !== undefined) return 'choice';
  if (type === 'boolean') return 'yes_no';
  if (type === 'integer') return 'number';
  if (type === 'string') return 'text';
  if (type === 'array' && items?.type === 'string') return 'lines';
  if (type === 'array' && items?.type === 'integer') return 'numbers';
  const isOfTexts = (additionalProperties as Schema | undefined)?.type === 'string';
  return type === 'object' && properties === undefined && isOfTexts ? 'pairs' : 'json';
}
