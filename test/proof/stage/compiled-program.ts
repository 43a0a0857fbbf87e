import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export interface CompiledProgram {
  /** The server as started by `npm start`. */
  server: string;
  /** The same, with the faults of its environment. */
  serverUnderFault: string;
  /** URL of the module that is loaded before the server and reports its resource use. */
  measured: string;
  remove(): Promise<void>;
}

/** Compiles the program to plain JavaScript in a separate folder: a hundred restarts are cheaper without a loader. */
export async function compileProgram(root: string): Promise<CompiledProgram> {
  const directory = await mkdtemp(join(tmpdir(), 'proof-program-'));
  const entryPoints = (
    await Promise.all(['src', 'migrations', 'test/proof/fault'].map((folder) => sourcesIn(root, folder)))
  ).flat();
  await build({
    entryPoints,
    absWorkingDir: root,
    outdir: directory,
    outbase: root,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
  await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
  return {
    server: join(directory, 'src/server.js'),
    serverUnderFault: join(directory, 'test/proof/fault/server-under-fault.js'),
    measured: pathToFileURL(join(directory, 'test/proof/fault/measured.js')).href,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function sourcesIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true });
  return entries.filter((entry) => /\.tsx?$/.test(entry)).map((entry) => join(folder, entry));
}
