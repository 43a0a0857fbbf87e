import { expect, it } from '@jest/globals';
import { tenantRepository } from '../../src/adapters/postgres/access/connection-repository.js';
import { messageLog } from '../../src/adapters/postgres/history/message-log.js';
import { storedMessages } from '../../src/adapters/postgres/history/stored-messages.js';
import { explainCommand } from '../../src/commands/explain-command.js';
import { messagesCommand } from '../../src/commands/messages-command.js';
import type { Directory } from '../../src/commands/open-directory.js';
import { INSTALLATION, type NewMessage } from '../../src/ports/transmission/message-log.js';
import { describeOnDatabases } from '../contracts/databases.js';
import { until } from '../support/until.js';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

describeOnDatabases('punchout messages', (database) => {
  const lines: string[] = [];
  const run = async (argv: string[], stopped?: AbortSignal): Promise<string> => {
    lines.length = 0;
    const opened = { tenants: tenantRepository(database()), storedMessages: storedMessages(database()) };
    const command = messagesCommand(
      { directory: (act) => act(opened as unknown as Directory), print: (line) => void lines.push(line) },
      stopped,
    );
    await command.exitOverride().parseAsync(argv, { from: 'user' });
    return lines.join('\n');
  };
  const note = async (tenantId: string, change: Partial<NewMessage>): Promise<void> => {
    const messages = messageLog(database(), SILENT);
    const at = new Date('2026-01-02T03:04:05Z');
    messages.note({ tenantId, direction: 'in', kind: 'Test', contentType: 'text/plain', content: 'x', at, ...change });
    await messages.flush();
  };

  it('lists what was refused with reason and remedy, finds one by its reference, and follows', async () => {
    await tenantRepository(database()).save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
    const refused = { code: 'RETURN_URL_REFUSED', reason: 'Seen: "https://x"', address: '203.0.113.9' } as const;
    await note('acme', { ...refused, reference: 'AAAAAAAAAA', connectionId: 'erp', content: 'one\n\u001b[31mtwo' });
    await note('acme', { kind: 'ProfileRequest', reference: 'BBBBBBBBBB' });
    await note(INSTALLATION, { kind: 'Stranger', code: 'INVALID_XML', reference: 'CCCCCCCCCC' });

    const [facts, reason, remedy] = (await run(['acme', '--refused'])).split('\n');
    expect(facts?.split('  ')).toEqual([
      ...['2026-01-02T03:04:05Z', 'in', 'Test', 'erp', 'RETURN_URL_REFUSED', 'AAAAAAAAAA', '203.0.113.9'],
    ]);
    expect([reason, remedy]).toEqual(['    Seen: "https://x"', expect.stringContaining('the address seen')]);
    expect((await run(['acme'])).split('\n').at(-1)).toContain('ProfileRequest');
    expect(await run(['acme', '--reference', 'aaaaaaaaaa'])).toContain('    | one\n    | \uFFFD[31mtwo');
    expect(await run(['--installation'])).toContain('Stranger');
    expect(await run(['acme', '--code', 'INVALID_XML'])).toBe('No message fits.');
    expect(JSON.parse(await run(['acme', '--refused', '--json', '--language', 'de']))).toMatchObject({
      code: 'RETURN_URL_REFUSED',
      reference: 'AAAAAAAAAA',
      address: '203.0.113.9',
      explanation: { remedy: expect.stringContaining('Nachrichtenprotokoll') },
    });
    await expect(run([])).rejects.toThrow('Name one tenant, or give --installation.');
    await expect(run(['acme', '--installation'])).rejects.toThrow('Name one tenant');
    await expect(run(['nobody'])).rejects.toThrow('There is no tenant nobody.');

    const stop = new AbortController();
    const following = run(['acme', '--refused', '--follow', '--limit', '1'], stop.signal);
    await until(async () => lines.length > 0);
    await note('acme', { code: 'INVALID_XML', reference: 'DDDDDDDDDD' });
    await until(async () => lines.some((line) => line.includes('DDDDDDDDDD')));
    stop.abort();
    await following;
    expect(lines.filter((line) => line.includes('AAAAAAAAAA'))).toHaveLength(1);
  });
});

it('punchout explain: a code in words, as JSON, and all names', async () => {
  const lines: string[] = [];
  const run = async (...argv: string[]): Promise<string> => {
    lines.length = 0;
    await explainCommand({ print: (line) => void lines.push(line) })
      .exitOverride()
      .parseAsync(argv, { from: 'user' });
    return lines.join('\n');
  };
  expect(await run('jaggaer')).toMatch(/^jaggaer\nWhat it means: JAGGAER .*\nWhat to do: .*\nHow well this is known: /);
  expect(await run('coupa')).toMatch(
    /\nWhere the buyer enters the values:\n  1\. .*\n[\s\S]*\n  How well this is known: /,
  );
  expect(await run('invalid-xml', '--language', 'de')).toMatch(
    /^INVALID_XML: Das XML-Dokument ist ungültig\nWas es bedeutet: /,
  );
  expect(JSON.parse(await run('UNIT_UNKNOWN', '--json'))).toMatchObject({ kind: 'finding', name: 'UNIT_UNKNOWN' });
  expect((await run()).split('\n')).toEqual(expect.arrayContaining(['RATE_LIMITED', 'MANY_LINES', 'coupa']));
  await expect(run('nothing')).rejects.toThrow('There is no code, finding or profile "nothing"');
});
