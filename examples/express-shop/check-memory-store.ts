import { checkStore } from 'headless-punchout/testing';
import { MemoryStore } from './memory-store.js';

const { faults, skipped } = await checkStore(async () => ({
  store: new MemoryStore(),
  tenantId: 'acme',
  connectionId: 'erp',
  plain: 'BOLT-M8',
  other: 'GLOVE-9',
  plainLine: { unitPrice: '12.40', unit: 'BX', classifications: [{ domain: 'UNSPSC', code: '31161620' }] },
  changed: [],
  languages: [],
  breaks: {},
  close: async () => undefined,
}));

for (const { rule, without } of skipped) console.log(`skipped, the store lacks ${without.join(', ')}: ${rule}`);
for (const { rule, fault } of faults) console.error(`${rule}\n  ${fault}`);
console.log(faults.length === 0 ? 'The store keeps the contract.' : `${faults.length} rules are broken.`);
process.exitCode = faults.length === 0 ? 0 : 1;
