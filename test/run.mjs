// What `npm test` runs: the types of all sources beside the tests, as each keeps one core busy.
import { spawn } from 'node:child_process';

/** Runs a program of this folder to its end. @returns its exit code, 1 if a signal ended it */
function run(...args) {
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

const [types, tests] = await Promise.all([
  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'),
  run('--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...process.argv.slice(2)),
]);
if (types !== 0) console.error('\nThe types have faults, which are printed above. To see only them: npm run typecheck');
process.exitCode = types || tests;
