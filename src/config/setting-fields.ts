import type { SettingField } from '../domain/access/setting-field.js';
import { DEFAULT_ACCESS_POLICY } from '../domain/access/tenant.js';
import type { Protocol } from '../domain/transmission/protocol.js';
import { CONNECTION_SCHEMA } from './connection-settings.js';

/** The part of JSON schema that our settings use. */
interface Schema {
  type?: string;
  enum?: readonly (string | number)[];
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: unknown;
  required?: readonly string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  maxProperties?: number;
  default?: unknown;
}

/** Settings that only connections of one protocol have. */
const GROUPS: readonly string[] = ['cxml', 'oci', 'repost'] satisfies Protocol[];
/** Has a page of its own. */
const ELSEWHERE = 'mapping';

/** The fields of a form for connections of this protocol, made from the schema of their settings. */
export function settingFields(protocol: Protocol): SettingField[] {
  const fields: SettingField[] = [];
  const visit = (schema: Schema, path: string): void => {
    for (const [name, part] of Object.entries(schema.properties ?? {})) {
      if (path === '' && (name === ELSEWHERE || (GROUPS.includes(name) && name !== protocol))) continue;
      const own = path === '' ? name : `${path}.${name}`;
      if (isGroup(part)) visit(part, own);
      else fields.push(fieldOf(part, own, schema.required?.includes(name) === true));
    }
  };
  visit(CONNECTION_SCHEMA, '');
  return fields;
}

/** An object whose members are set one by one. */
function isGroup({ properties, required, maxProperties }: Schema): boolean {
  return properties !== undefined && required === undefined && maxProperties === undefined;
}

function fieldOf(schema: Schema, path: string, isNeeded: boolean): SettingField {
  const { minimum, maximum } = schema;
  const policy: Readonly<Record<string, unknown>> = { ...DEFAULT_ACCESS_POLICY };
  return {
    path,
    kind: kindOf(schema),
    ...(schema.enum === undefined ? {} : { choices: schema.enum.map(String) }),
    ...(minimum === undefined ? {} : { min: minimum }),
    ...(maximum === undefined ? {} : { max: maximum }),
    ...(isNeeded ? { isNeeded } : {}),
    fallback: schema.default ?? policy[path],
  };
}

function kindOf({ type, enum: choices, items, properties }: Schema): SettingField['kind'] {
  if (choices !== undefined) return 'choice';
  if (type === 'boolean') return 'yes_no';
  if (type === 'integer') return 'number';
  if (type === 'string') return 'text';
  if (type === 'array' && items?.type === 'string') return 'lines';
  if (type === 'array' && items?.type === 'integer') return 'numbers';
  return type === 'object' && properties === undefined ? 'pairs' : 'json';
}
