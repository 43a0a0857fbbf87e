import { Command, Option } from 'commander';
import {
  DELIVERY_KEYS,
  REQUEST_SIGNATURES,
  SHOP_ROLES,
  type ShopRole,
  type ShopSigning,
  shopIdOf,
} from '../domain/orders/connect-shop.js';
import { webhookSecret } from '../protocols/hmac/webhook-signature.js';
import type { ShopSummary } from '../ports/orders/connect-shops.js';
import { shopManagement } from '../usecases/manage/connect-shops.js';
import { assertTenant, atOnce, valueOf } from './at-once.js';
import { BY } from './connection-access-commands.js';
import type { CommandContext } from './open-directory.js';
import { JSON_OPTION, minuteText, printList } from './print-list.js';

interface AddOptions extends Partial<ShopSigning> {
  name: string;
  role: ShopRole;
  connection?: string;
  keyFile?: string;
}

const DELIVERY_KEY_HELP =
  "key of X-Shopware-Connect-Key for hooks: the hook secret (own), or the shop's key (shared), with which anyone who " +
  'sees a request to a hook can read as that shop. New shops have own';
const REQUEST_SIGNATURE_HELP = "whether the shop's calls need X-Punchout-Signature. New shops have optional";
const SHARED_KEY =
  "HOOK KEY shared: hooks are signed with the shop's key, so whoever sees a request to them can read as this shop.";

/** ConnectShops and their keys. */
export function shopsCommand(context: CommandContext): Command {
  const { directory, print, readText } = context;
  const shops = shopManagement({ atomically: atOnce(context) });
  const command = new Command('shops').description(
    'suppliers and merchants of order events (Shopware Connect), and their signing keys',
  );
  const showKey = ({ keyId, key }: { keyId: string; key: string }, given: boolean): void => {
    print(given ? `Key ${keyId} is accepted from now on.` : `Key ${keyId}, shown only now: ${key}`);
    print(`Hook secret, which only verifies requests to hooks: ${webhookSecret(key)}`);
  };
  command
    .command('add <tenant> <shop>')
    .description('add a shop by its number, with a first key, or change it')
    .requiredOption('--name <name>', 'name for people')
    .addOption(new Option('--role <role>', 'what it is').choices(SHOP_ROLES).makeOptionMandatory())
    .option('--connection <connection>', 'of a merchant: the buying organisation that places its orders')
    .option('--key-file <file>', 'the key; - for standard input. Default: a generated one, shown once')
    .addOption(new Option('--delivery-key <key>', DELIVERY_KEY_HELP).choices(DELIVERY_KEYS))
    .addOption(new Option('--request-signature <need>', REQUEST_SIGNATURE_HELP).choices(REQUEST_SIGNATURES))
    .action(
      async (
        tenantId: string,
        shop: string,
        { name, role, connection, keyFile, deliveryKey, requestSignature }: AddOptions,
      ) => {
        const shopId = idOf(shop);
        const given = keyFile === undefined ? undefined : keyOf(await readText(keyFile));
        await directory((opened) => assertTenant(opened, tenantId));
        const { key } = valueOf(
          await shops.save(
            { tenantId, by: BY },
            { shopId, name, role, connectionId: connection, signing: { deliveryKey, requestSignature }, key: given },
          ),
        );
        print(`Shop ${shopId} is in place.`);
        if (key !== undefined) showKey(key, given !== undefined);
      },
    );
  command
    .command('list <tenant>')
    .description('list the shops of a tenant and their keys')
    .option(...JSON_OPTION)
    .action(async (tenantId: string, { json }: { json?: boolean }) => {
      const rows = await directory(async (opened) => {
        await assertTenant(opened, tenantId);
        return opened.connectShops.list(tenantId);
      });
      printList(print, {
        rows,
        json,
        none: `${tenantId} has no shop yet. Next: punchout shops add ${tenantId} <shop> --help`,
        columns: [
          ['SHOP', ({ shopId }) => String(shopId)],
          ['ROLE', ({ role }) => role],
          ['CONNECTION', ({ connectionId }) => connectionId ?? '-'],
          ['HOOK KEY', ({ signing }) => signing.deliveryKey],
          ['X-PUNCHOUT-SIGNATURE', ({ signing }) => signing.requestSignature],
          ['KEYS', ({ keys }) => keys.map(keyText).join(', ') || '-'],
          ['NAME', ({ name }) => name],
        ],
      });
      if (json !== true && rows.some(({ signing }) => signing.deliveryKey === 'shared')) print(SHARED_KEY);
    });
  command
    .command('rotate <tenant> <shop>')
    .description('give a shop a new key; the old one keeps working, and signing our requests, for some days')
    .option('--grace-days <days>', 'how long, 0 to 365', '7')
    .option('--key-file <file>', 'the key; - for standard input. Default: a generated one, shown once')
    .action(async (tenantId: string, shop: string, { graceDays, keyFile }: { graceDays: string; keyFile?: string }) => {
      if (!/^\d{1,3}$/.test(graceDays) || Number(graceDays) > 365)
        throw new Error('--grace-days: a whole number from 0 to 365');
      const given = keyFile === undefined ? undefined : keyOf(await readText(keyFile));
      const { key } = valueOf(await shops.addKey({ tenantId, by: BY }, idOf(shop), Number(graceDays), given));
      if (key !== undefined) showKey(key, given !== undefined);
    });
  command
    .command('revoke <tenant> <shop> <key>')
    .description('end a key at once')
    .action(async (tenantId: string, shop: string, keyId: string) => {
      valueOf(await shops.revokeKey({ tenantId, by: BY }, idOf(shop), keyId));
      print(`Key ${keyId} is revoked.`);
    });
  return command;
}

function keyText({ keyId, createdAt, expiresAt }: ShopSummary['keys'][number]): string {
  const until = expiresAt === undefined ? '' : ` until ${minuteText(expiresAt)}`;
  return `${keyId} of ${createdAt.toISOString().slice(0, 10)}${until}`;
}

function keyOf(text: string): string {
  const key = text.trim();
  if (key === '') throw new Error('--key-file: the key is empty');
  return key;
}

export function idOf(shop: string): number {
  const shopId = shopIdOf(shop);
  if (shopId === undefined) throw new Error(`"${shop}" is no shop number: 1 to 999999999`);
  return shopId;
}
