// Usage: node test/ci/check-package.mjs. Packs the project, installs the package in fresh folders as its users do,
// compiles and runs the programs of test/ci/consumer there, and asks publint and attw. Stops at the first fault.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { unexportedTypes } from './unexported-types.mjs';

const work = mkdtempSync(join(tmpdir(), 'check-package-'));
const bin = (name) => resolve('node_modules/.bin', name);
const { devDependencies, exports } = JSON.parse(readFileSync('package.json', 'utf8'));
/** The newest that runs on Node.js 20. */
const VITEST = 'vitest@3.2.4';
const compiler = ['typescript', '@types/node'].map((name) => `${name}@${devDependencies[name]}`);
const startedAt = performance.now();

try {
  const tarball = pack();
  step('every type of the interface is exported', () =>
    assert.deepEqual(unexportedTypes(Object.values(exports).map(({ types }) => types)), []),
  );
  step('publint', () => run(bin('publint'), ['run', '--strict', tarball]));
  // The package is ESM only; require() of it works from Node.js 20.19 on. Subpaths need a resolver younger than Node.js
  // 12.
  const attw = [tarball, '--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm'];
  step('attw', () => run(bin('attw'), attw));
  const [express5, express4, slim] = await step('install three times', () =>
    Promise.all([
      install('express5', [tarball, 'express@5.3.0', '@types/express@5.0.6', VITEST, ...compiler]),
      install('express4', [tarball, 'express@4.21.2', '@types/express@4.17.21', ...compiler]),
      install('slim', [tarball, '--omit=optional']),
    ]),
  );
  step('Express 5: ESM and CommonJS', () => runAll(express5, ['shop.mts', 'common.cts']));
  step('store contract in node:test, Jest and Vitest', () => contracts(express5));
  step('Express 4.21', () => runAll(express4, ['shop.mts']));
  step('import takes at most three times that of express', () => compareImports(express5));
  step('without optional packages', () => {
    for (const name of ['@electric-sql/pglite', 'graphql'])
      assert.ok(!existsSync(join(slim, 'node_modules', name)), `${name} is installed`);
    runAll(slim, ['without-optional.mts', 'common.cts']);
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}

function pack() {
  return step('pack', () => {
    const [{ filename, files, size }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', work]));
    const paths = files.map(({ path }) => path);
    for (const path of [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/src/cli.js',
      'dist/src/index.d.ts',
      'dist/src/index.js',
      'docs/library.md',
    ])
      assert.ok(paths.includes(path), `${path} is not in the package`);
    assert.deepEqual(
      paths.filter((path) => !/^(dist|docs)\/|^[^/]+\.(md|json)$|^LICENSE$/.test(path)),
      [],
    );
    for (const path of paths.filter((each) => each.endsWith('.map')))
      assert.ok('sourcesContent' in JSON.parse(readFileSync(path, 'utf8')), `${path} has no sources`);
    console.log(`  ${paths.length} files, ${size} bytes`);
    return join(work, filename);
  });
}

/** A fresh project with these packages and the programs that are run in it. */
async function install(name, packages) {
  const folder = join(work, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const options = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  await promisify(execFile)('npm', ['install', ...options, ...packages], { cwd: folder });
  cpSync('test/ci/consumer', folder, { recursive: true });
  cpSync('examples/express-shop/memory-store.ts', join(folder, 'memory-store.mts'));
  return folder;
}

/** Where TypeScript is not installed, the programs are those that were compiled before. */
function runAll(folder, programs) {
  if (existsSync(join(folder, 'node_modules/typescript'))) {
    run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], folder);
    cpSync(join(folder, 'out'), join(work, 'out'), { recursive: true });
  } else cpSync(join(work, 'out'), join(folder, 'out'), { recursive: true });
  for (const program of programs)
    process.stdout.write(`  ${run(process.execPath, [`out/${compiled(program)}`], folder)}`);
}

function compiled(program) {
  return program.replace(/\.([cm])ts$/, '.$1js');
}

/** Unsupported parts are skipped, the rest passes. */
function contracts(folder) {
  cpSync(join(folder, 'out/contract.mjs'), join(folder, 'out/contract.test.mjs'));
  const node = run(process.execPath, ['--test', '--test-reporter=tap', 'out/contract.test.mjs'], folder, 'node:test');
  counted('node:test', /^# pass (\d+)/m.exec(node)?.[1], /^# skipped (\d+)/m.exec(node)?.[1]);
  const jest = [
    resolve('node_modules/jest/bin/jest.js'),
    '--rootDir',
    folder,
    '--json',
    '--testMatch',
    '**/out/*.test.mjs',
  ];
  const { numPassedTests, numPendingTests } = JSON.parse(
    run(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...jest], folder, '@jest/globals'),
  );
  counted('Jest', numPassedTests, numPendingTests);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', '--dir', 'out'];
  const report = JSON.parse(run(process.execPath, vitest, folder, 'vitest'));
  counted('Vitest', report.numPassedTests, report.numPendingTests);
}

/** In processor time, the best of five, in fresh processes. */
function compareImports(folder) {
  const [own, express] = ['headless-punchout', 'express'].map((name) => {
    const program =
      `const from = process.cpuUsage(); await import('${name}'); const { user, system } = process.cpuUsage(from); ` +
      'console.log(user + system);';
    const once = () => Number(run(process.execPath, ['--input-type=module', '--eval', program], folder));
    return Math.round(Math.min(...Array.from({ length: 5 }, once)) / 1000);
  });
  console.log(`  ${own} ms, express ${express} ms`);
  assert.ok(own <= 3 * express, 'the import of the package takes too long');
}

function counted(runner, passed, skipped) {
  console.log(`  ${runner}: ${passed} passed, ${skipped} skipped`);
  assert.ok(Number(passed) > 10 && Number(skipped) > 10, `${runner} does not skip what the store lacks`);
}

function run(command, parameters, cwd = process.cwd(), runner = '') {
  try {
    return execFileSync(command, parameters, {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, NODE_TEST_CONTEXT: undefined, RUNNER: runner },
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    console.error(error.stdout, error.stderr);
    throw new Error(`${command} ${parameters.join(' ')} failed`, { cause: error });
  }
}

function step(name, act) {
  console.log(`[${Math.round((performance.now() - startedAt) / 1000)} s] ${name}`);
  return act();
}
