import { createRequire } from 'node:module';

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  [field: string]: unknown;
}

interface Model {
  apiVersion: string;
  kind: string;
  prototype: { validate: () => void };
}

const modelOf = createRequire(import.meta.url) as (path: string) => Record<string, Model>;
const MODELS = [
  'v1/ConfigMap',
  'v1/Service',
  'apps/v1/Deployment',
  'batch/v1/Job',
  'networking.k8s.io/v1/NetworkPolicy',
  'policy/v1/PodDisruptionBudget',
].map((name) => modelOf(`kubernetes-models/${name}`)[name.slice(name.lastIndexOf('/') + 1)]);

/** What is wrong with a manifest by the schemas that Kubernetes publishes, also fields that they do not have. */
export function schemaFaults(manifest: Manifest): string[] {
  const { kind, apiVersion } = manifest;
  const model = MODELS.find((one) => one?.kind === kind && one.apiVersion === apiVersion);
  if (model === undefined) return [`no schema of ${apiVersion} ${kind}`];
  const unread = new Map<string, Set<string>>();
  try {
    // Not on an instance: its constructor makes a copy, and so reads everything.
    Reflect.apply(model.prototype.validate, watched(manifest, '', unread), []);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  return [...unread].flatMap(([place, keys]) => [...keys].map((key) => `${place}/${key} is in no schema`));
}

/**
 * The schemas allow fields that they do not name, as the API does. Their validators read each field that they know, so
 * the fields that nobody has read remain.
 */
function watched(value: unknown, place: string, unread: Map<string, Set<string>>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
  const left = new Set(Object.keys(value));
  unread.set(place, left);
  for (const [key, inner] of Object.entries(value)) Reflect.set(copy, key, watched(inner, `${place}/${key}`, unread));
  return new Proxy(copy, {
    get(target, key, receiver) {
      left.delete(String(key));
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
}
