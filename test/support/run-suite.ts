import { describe, it } from '@jest/globals';

/** The part of jest-circus's state that says which `describe` block new tests and hooks belong to. */
interface CircusState {
  currentDescribeBlock: object;
}

/**
 * Loads a suite inside a `describe` block with its path, so that its hooks run for its own tests only. `describe` alone
 * cannot do this, as it does not wait for an import.
 */
export async function runSuite(path: string, load: () => Promise<unknown>): Promise<void> {
  const state = circusState();
  const outer = state.currentDescribeBlock;
  let own = outer;
  describe(path, () => {
    own = state.currentDescribeBlock;
  });
  state.currentDescribeBlock = own;
  try {
    await load();
  } catch (error) {
    it('loads', () => {
      throw error;
    });
  } finally {
    state.currentDescribeBlock = outer;
  }
}

function circusState(): CircusState {
  const key = Object.getOwnPropertySymbols(globalThis).find(({ description }) => description === 'JEST_STATE_SYMBOL');
  if (key === undefined) throw new Error('jest-circus keeps its state elsewhere now: change test/support/run-suite.ts');
  return (globalThis as unknown as Record<symbol, CircusState>)[key] as CircusState;
}
