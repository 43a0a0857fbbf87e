import { createRequire } from 'node:module';
import type * as GraphqlPackage from 'graphql';

const require = createRequire(import.meta.url);

/** Loaded by the first use: only a Vendure shop whose own API is proxied needs it, and others may leave it out. */
export function graphql(): typeof GraphqlPackage {
  try {
    return require('graphql') as typeof GraphqlPackage;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error("The proxy for Vendure's Shop API needs the package graphql. Run `npm install graphql`.", {
      cause: error,
    });
  }
}
