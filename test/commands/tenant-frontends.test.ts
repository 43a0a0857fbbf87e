import { expect, it } from '@jest/globals';
import { tenantCommand } from '../../src/commands/tenant-command.js';
import type { CommandContext } from '../../src/commands/open-directory.js';
import type { Tenant } from '../../src/domain/access/tenant.js';

it('tenant frontends shows, adds and removes origins, and keeps the other settings', async () => {
  const stored = new Map<string, Tenant>([
    ['acme', { tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [], currency: 'CHF' } }],
  ]);
  const printed: string[] = [];
  const tenants = {
    find: (id: string) => Promise.resolve(stored.get(id)),
    list: () => Promise.resolve([...stored.values()]),
    save: (tenant: Tenant) => Promise.resolve(void stored.set(tenant.tenantId, tenant)),
  };
  const context = {
    print: (line: string) => void printed.push(line),
    readText: () => Promise.reject(new Error('none')),
    directory: (act: (directory: object) => Promise<unknown>) => act({ tenants }),
  } as unknown as CommandContext;
  const run = async (...args: string[]): Promise<string[]> => {
    printed.length = 0;
    await tenantCommand(context)
      .exitOverride()
      .parseAsync(['frontends', ...args], { from: 'user' });
    return [...printed];
  };
  expect(await run('acme')).toEqual(['No frontend of acme is on another origin.']);
  expect(await run('acme', '--add', 'https://www.acme.example', 'http://127.0.0.1:3001')).toEqual([
    'https://www.acme.example',
    'http://127.0.0.1:3001',
  ]);
  expect(await run('acme', '--add', 'https://m.acme.example', '--remove', 'http://127.0.0.1:3001')).toEqual([
    'https://www.acme.example',
    'https://m.acme.example',
  ]);
  expect(stored.get('acme')?.settings).toEqual({
    frontendOrigins: ['https://www.acme.example', 'https://m.acme.example'],
    currency: 'CHF',
  });
  await expect(run('acme', '--add', 'https://www.acme.example/')).rejects.toThrow(/is no origin/);
  await expect(run('nobody')).rejects.toThrow(/no tenant nobody/);
});
