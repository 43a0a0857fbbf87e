import { Command } from 'commander';
import { CUSTOMER_TOKEN_ALGORITHMS, mintCustomerToken, newCustomerKey } from '../adapters/tokens.js';
import type { CustomerKey } from '../domain/access/tenant.js';
import type { CommandContext } from './open-directory.js';

export function customersCommand({ directory, print, readText }: CommandContext): Command {
  const command = new Command('customers').description(
    "keys of the shop's customer tokens (saas-token), and test tokens",
  );
  const saveKeys = (tenantId: string, keysAfter: (before: CustomerKey[]) => CustomerKey[]): Promise<void> =>
    directory(async ({ tenants }) => {
      const tenant = await tenants.find(tenantId);
      if (tenant === undefined)
        throw new Error(`There is no tenant ${tenantId}. Next: punchout tenant add ${tenantId} --name "…"`);
      await tenants.save({
        ...tenant,
        settings: { ...tenant.settings, customerKeys: keysAfter(tenant.settings.customerKeys ?? []) },
      });
    });
  command
    .command('keys <tenant>')
    .description('replace all public keys of the shop')
    .requiredOption('--jwks <file>', 'JSON Web Key Set, each key with kid and alg; - for standard input')
    .action(async (tenantId: string, { jwks }: { jwks: string }) => {
      const { keys } = JSON.parse(await readText(jwks)) as { keys?: unknown };
      if (!Array.isArray(keys) || !keys.every(isPublicKey))
        throw new Error(
          `--jwks: { "keys": […] }, public keys only, each with kid and alg (${CUSTOMER_TOKEN_ALGORITHMS.join(', ')})`,
        );
      await saveKeys(tenantId, () => keys);
      print(`${keys.length} keys are in place.`);
    });
  command
    .command('try-key <tenant> <kid>')
    .description('create a test key pair: adds the public key, prints the private key')
    .action(async (tenantId: string, kid: string) => {
      const { publicKey, privateKey } = await newCustomerKey(kid);
      await saveKeys(tenantId, (before) => [...before.filter((key) => key.kid !== kid), publicKey]);
      print(JSON.stringify(privateKey));
    });
  command
    .command('token <tenant> <customer>')
    .description('create a customer token, like the shop')
    .requiredOption('--key <file>', 'private key, as try-key prints it; - for standard input')
    .option('--session <id>', 'its session')
    .option('--minutes <minutes>', 'lifetime, 1 to 1440', '60')
    .action(
      async (
        tenantId: string,
        customerId: string,
        { key, session, minutes }: { key: string; session?: string; minutes: string },
      ) => {
        if (!/^\d{1,4}$/.test(minutes) || Number(minutes) < 1 || Number(minutes) > 1440)
          throw new Error('--minutes: a whole number from 1 to 1440');
        const privateKey = JSON.parse(await readText(key)) as CustomerKey;
        print(
          await mintCustomerToken(privateKey, {
            tenantId,
            customerId,
            sessionId: session,
            seconds: Number(minutes) * 60,
          }),
        );
      },
    );
  return command;
}

/** Accepts only keys without a private part; refuses shared secrets. */
function isPublicKey(key: unknown): key is CustomerKey {
  if (typeof key !== 'object' || key === null || 'd' in key || 'k' in key) return false;
  return (
    'kid' in key &&
    typeof key.kid === 'string' &&
    'alg' in key &&
    CUSTOMER_TOKEN_ALGORITHMS.some((algorithm) => algorithm === key.alg)
  );
}
