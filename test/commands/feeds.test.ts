import { expect, it } from '@jest/globals';
import { feedRepository } from '../../src/adapters/postgres/orders/feed-repository.js';
import { feedsCommand } from '../../src/commands/subscription-commands.js';
import type { ImportIssue } from '../../src/domain/orders/feed.js';
import type { Directory } from '../../src/commands/open-directory.js';
import { describeOnDatabases } from '../contracts/databases.js';

const REPORT = {
  importedAt: new Date('2024-01-15T10:30:00Z'),
  modifiedAt: new Date('2024-01-15T10:00:00Z'),
  md5: 'd41d8cd98f00b204e9800998ecf8427e',
  size: 12,
  encoding: 'UTF-8',
  lines: 4,
  warnings: 1,
  errors: 2,
  issueLines: 2,
  products: 1,
} as const;

const ISSUE: ImportIssue = {
  severity: 'error',
  message: 'Field "%field%" must be a number.',
  parameters: { '%field%': 'price' },
  lines: [2, 3],
  field: 'price',
  value: '12 EUR',
  productId: null,
  productTitle: null,
};

describeOnDatabases('punchout feeds', (database) => {
  it('a feed that waits, is imported, fails; its reports; an immediate fetch', async () => {
    const feeds = feedRepository(database());
    const lines: string[] = [];
    const run = async (...argv: string[]): Promise<string[]> => {
      lines.length = 0;
      const context = {
        directory: <T>(act: (directory: Directory) => Promise<T>) => act({ feeds } as unknown as Directory),
        print: (line: string) => void lines.push(line),
        readText: async () => '',
      };
      await feedsCommand(context)
        .exitOverride()
        .configureOutput({ writeErr: () => undefined })
        .parseAsync(argv, { from: 'user' });
      return [...lines];
    };

    await expect(run('show', 'acme', '20')).rejects.toThrow('The shop has no feed');
    await expect(run('fetch', 'acme', '20')).rejects.toThrow('The shop has no feed');
    await expect(run('show', 'acme', 'x')).rejects.toThrow('is no shop number');

    await feeds.save('acme', 20, 'https://feeds.example.com/a.csv');
    const lease = await feeds.take(60);
    expect(await feeds.progress(lease!, { lines: 2_000_000, products: 1_999_000 }, 60)).toBe(true);
    expect(await run('show', 'acme', '20')).toEqual([
      'importing  2000000 lines, 1999000 products so far  https://feeds.example.com/a.csv',
      'It has no report yet.',
    ]);
    await expect(run('fetch', 'acme', '20')).rejects.toThrow('It is being imported');

    await feeds.settle(lease!, { delaySeconds: 3_600, report: REPORT, issues: [ISSUE] });
    expect(await run('show', 'acme', '20')).toEqual([
      expect.stringMatching(/^waiting {4}next at \S+Z {2}https:/),
      'report 1  2024-01-15T10:30Z  4 lines, 1 products, 2 errors, 1 warnings',
    ]);
    expect(await run('report', 'acme', '20', '1')).toEqual([
      'report 1  2024-01-15T10:30Z  4 lines, 1 products, 2 errors, 1 warnings',
      '    error  Field "price" must be a number.  lines 2, 3  "12 EUR"',
    ]);
    expect(JSON.parse((await run('report', 'acme', '20', '1', '--json')).join(''))).toMatchObject({
      report: { reportId: 1 },
      issues: [{ value: '12 EUR', lines: [2, 3] }],
    });
    await expect(run('report', 'acme', '20', '2')).rejects.toThrow('There is no report 2');
    expect(await feeds.take(60)).toBeUndefined();

    expect(await run('fetch', 'acme', '20')).toEqual([expect.stringMatching(/^waiting/)]);
    const again = await feeds.take(60);
    expect(again?.md5).toBe(REPORT.md5);
    await feeds.settle(again!, { delaySeconds: 60, error: 'GET was answered with status 404' });
    expect((await run('show', 'acme', '20'))[0]).toMatch(
      /^failing {4}next at [^\n]+\n {11}GET was answered with status 404$/,
    );
  });
});
