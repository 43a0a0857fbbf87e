import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { databaseSettings, serverSettings } from '../../src/config/environment.js';
import { SERVER_VARIABLES } from '../../src/config/variables/server-variables.js';
import { type Manifest, schemaFaults } from './kubernetes-schema.js';

interface Container {
  args: string[];
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports?: { name: string; containerPort: number }[];
  volumeMounts: { name: string }[];
  [probe: `${string}Probe`]: { httpGet: { path: string; port: string } };
}
interface Pod {
  metadata: { labels: Record<string, string> };
  spec: { containers: Container[]; volumes: { name: string }[]; terminationGracePeriodSeconds?: number };
}
interface Kustomization {
  resources: string[];
  configMapGenerator: { name: string; literals: string[] }[];
  namespace?: string;
}

const FOLDER = 'deploy/kubernetes';
const read = (path: string): string => readFileSync(`${FOLDER}/${path}`, 'utf8');
const base = parse(read('base/kustomization.yaml')) as Kustomization;
const example = parse(read('example/kustomization.yaml')) as Kustomization;
/** What the example makes of the settings. */
const settings = Object.fromEntries(
  [base, example].flatMap(({ configMapGenerator }) =>
    configMapGenerator.flatMap(({ literals }) =>
      literals.map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
  ),
);
const written = base.resources.flatMap((file) => documentsOf(read(`base/${file}`)));
const podOf = ({ spec }: Manifest): Pod => (spec as { template: Pod }).template;
const workloads = written.filter(({ kind }) => ['Deployment', 'Job'].includes(kind));
const [server, worker, migrate] = ['punchout-server', 'punchout-worker', 'punchout-migrate'].map((name) => {
  const found = workloads.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return podOf(found);
}) as [Pod, Pod, Pod];

/** As in the Dockerfile. */
const OF_IMAGE = { NODE_ENV: 'production', HOST: '0.0.0.0', DATA_DIR: '/data' };
/** As an operator puts them into the secret (docs/deployment.md). */
const OF_SECRET: Record<string, string> = {
  DATABASE_URL: 'postgres://punchout:password@postgres:5432/punchout',
  REDIS_URL: 'redis://redis:6379',
  SESSION_SECRET: 's'.repeat(64),
  SHOPWARE_ACCESS_KEY: 'SWSC',
  SHOPWARE_CLIENT_ID: 'SWIA',
  SHOPWARE_CLIENT_SECRET: 'secret',
};

describe('deploy/kubernetes', () => {
  it('has servers, worker, migration, service, disruption budget and network policy, each file listed', () => {
    expect(written.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Deployment punchout-server',
      'Service punchout',
      'PodDisruptionBudget punchout-server',
      'Deployment punchout-worker',
      'Job punchout-migrate',
      'NetworkPolicy punchout',
      'NetworkPolicy punchout-server',
    ]);
    expect(readdirSync(`${FOLDER}/base`).toSorted()).toEqual([...base.resources, 'kustomization.yaml'].toSorted());
    expect(example.resources).toEqual(['../base']);
  });

  it('every manifest is valid by the schemas of Kubernetes, and has no field that they do not have', () => {
    expect(written.flatMap(schemaFaults)).toEqual([]);
  });

  it('the schemas find a wrong type, a missing field and a misspelled one', () => {
    const copy = (text: string, other: string): string[] =>
      documentsOf(read('base/server.yaml').replace(text, other)).flatMap(schemaFaults);
    expect(copy('replicas: 2', 'replicas: two')).toEqual([expect.stringContaining('spec/replicas must be integer')]);
    expect(copy('selector:\n    matchLabels: *server', 'minReadySeconds: 1')).toEqual([
      'data/spec must have required property selector',
    ]);
    expect(copy('minAvailable: 1', 'minAvailible: 1')).toEqual(['/spec/minAvailible is in no schema']);
    expect(copy('readinessProbe:', 'readynessProbe:')).toContain(
      '/spec/template/spec/containers/0/readynessProbe is in no schema',
    );
  });

  it('names that refer to something have something to refer to', () => {
    const pods = workloads.map(podOf);
    const fits = (labels: Record<string, string>, of: Pod[]): boolean =>
      of.some(({ metadata }) => Object.entries(labels).every(([name, value]) => metadata.labels[name] === value));
    for (const { kind, spec } of written) {
      const { selector, podSelector } = spec as Record<string, { matchLabels?: Record<string, string> } | undefined>;
      const chosen = kind === 'Service' ? (selector as Record<string, string>) : (selector ?? podSelector)?.matchLabels;
      if (chosen !== undefined) expect([kind, chosen, fits(chosen, pods)]).toEqual([kind, chosen, true]);
    }
    for (const manifest of workloads.filter(({ kind }) => kind === 'Deployment'))
      expect(
        fits((manifest.spec as { selector: { matchLabels: Record<string, string> } }).selector.matchLabels, [
          podOf(manifest),
        ]),
      ).toBe(true);
    const maps = base.configMapGenerator.map(({ name }) => name);
    for (const { spec } of pods)
      for (const { envFrom = [], env = [], volumeMounts, ports = [], ...container } of spec.containers) {
        for (const { configMapRef, secretRef } of envFrom) {
          if (configMapRef !== undefined) expect(maps).toContain(configMapRef.name);
          if (secretRef !== undefined) expect(secretRef.name).toBe('punchout-secrets');
        }
        for (const { valueFrom } of env) {
          expect(valueFrom?.secretKeyRef?.name).toBe('punchout-secrets');
          expect(OF_SECRET).toHaveProperty([valueFrom?.secretKeyRef?.key ?? '']);
        }
        expect(spec.volumes.map(({ name }) => name)).toEqual(volumeMounts.map(({ name }) => name));
        for (const [name, probe] of Object.entries(container).filter(([key]) => key.endsWith('Probe')))
          expect([name, ports.map((port) => port.name)]).toEqual([
            name,
            expect.arrayContaining([(probe as unknown as Container['xProbe']).httpGet.port]),
          ]);
      }
    expect(server.spec.containers[0]?.ports?.map(({ containerPort }) => containerPort)).toEqual([
      3000,
      Number(settings['METRICS_PORT']),
    ]);
  });

  it('is asked at the addresses of the server', () => {
    for (const { spec } of [server, worker])
      expect(spec.containers[0]).toMatchObject({
        startupProbe: { httpGet: { path: '/healthz' } },
        livenessProbe: { httpGet: { path: '/healthz' } },
        readinessProbe: { httpGet: { path: '/readyz' } },
      });
  });

  it('no container can write to its own files, become root or ask the API of the cluster', () => {
    for (const { spec } of [server, worker, migrate])
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
      });
  });

  it('production accepts the settings of servers and worker, and the migration has the only one that it needs', () => {
    expect(SERVER_VARIABLES.map(([name]) => name)).toEqual(
      expect.arrayContaining(Object.keys(settings).filter((name) => !name.startsWith('SHOPWARE_'))),
    );
    expect(serverSettings({ ...OF_IMAGE, ...settings, ...OF_SECRET })).toMatchObject({
      worker: false,
      store: { kind: 'shopware' },
      metricsHost: '0.0.0.0',
    });
    const [{ env = [] } = { env: [] }] = migrate.spec.containers;
    const given = env.map(({ name, valueFrom }): [string, string | undefined] => [
      name,
      OF_SECRET[valueFrom?.secretKeyRef?.key ?? ''],
    ]);
    expect(databaseSettings({ ...OF_IMAGE, ...Object.fromEntries(given) })).toMatchObject({
      url: OF_SECRET['DATABASE_URL'],
    });
    expect([server, worker, migrate].map(({ spec }) => spec.containers[0]?.args)).toEqual([
      ['serve'],
      ['worker'],
      ['migrate'],
    ]);
  });

  it('no file has a secret', () => {
    expect(
      Object.keys(settings).filter((name) => /SECRET|PASSWORD|KEY|TOKEN|DATABASE_URL|REDIS_URL/.test(name)),
    ).toEqual([]);
    expect(written.map(({ kind }) => kind)).not.toContain('Secret');
    expect([server, worker, migrate].flatMap(({ spec }) => spec.containers[0]?.env ?? [])).toEqual([
      expect.not.objectContaining({ value: expect.anything() }),
    ]);
  });

  it('a pod has the time to end: DRAIN_MS and LAST_ANSWERS_MS, and for the worker its longest job', () => {
    const drainMs = Number(settings['DRAIN_MS']) + Number(settings['LAST_ANSWERS_MS']);
    const graceMs = ({ spec }: Pod): number => (spec.terminationGracePeriodSeconds ?? 30) * 1000;
    const longestJobMs = 90_000;
    expect(graceMs(server)).toBeGreaterThan(drainMs);
    expect(graceMs(worker)).toBeGreaterThan(drainMs + longestJobMs);
  });

  const hasKubectl = spawnSync('kubectl', ['kustomize', '--help']).status === 0;

  it(hasKubectl ? 'kustomize makes the same of it' : 'kustomize is not asked: there is no kubectl', () => {
    if (!hasKubectl) return;
    const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', `${FOLDER}/example`], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const made = documentsOf(stdout);
    expect(made.flatMap(schemaFaults)).toEqual([]);
    const namesOf = (manifests: Manifest[]): string[] =>
      manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).toSorted();
    const map = made.find(({ kind }) => kind === 'ConfigMap');
    expect(map?.['data']).toEqual(settings);
    expect(map?.metadata.name).toMatch(/^punchout-settings-\w{10}$/);
    expect(namesOf(made.filter((one) => one !== map))).toEqual(namesOf(written));
    expect(made.map(({ metadata }) => metadata)).toEqual(
      made.map(() => expect.objectContaining({ namespace: example.namespace })),
    );
    for (const { spec } of made.filter(({ kind }) => kind === 'Deployment').map(podOf)) {
      expect(spec.containers[0]?.envFrom?.[0]).toEqual({ configMapRef: { name: map?.metadata.name } });
      expect(spec.containers[0]).toMatchObject({ image: 'registry.example.com/headless-punchout:0.1.0' });
    }
  });
});

function documentsOf(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    const [fault] = document.errors;
    if (fault !== undefined) throw fault;
    return document.toJS() as Manifest;
  });
}
