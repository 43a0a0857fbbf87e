import { AccessCalls } from './access-calls.js';
import { AdminSender, part } from './admin-sender.js';
import type {
  AdminCodeList,
  AdminIndexFormat,
  AdminIndexPush,
  AdminIndexReport,
  AdminIndexRun,
  CodeListWish,
  IndexPushWish,
  IndexWish,
} from './index-types.js';
import type { Call } from './send-call.js';

/** Indexes of what a connection's buyers may buy. */
export class IndexCalls extends AccessCalls {
  readonly #admin: AdminSender;

  constructor(send: (call: Call) => Promise<unknown>) {
    super(send);
    this.#admin = new AdminSender(send);
  }

  /** Newest first. `addressId`: only those of this id of ShipTo; empty: only those of the usual customer. */
  async listIndexRuns(connectionId: string, { addressId }: { addressId?: string } = {}): Promise<AdminIndexRun[]> {
    const path = `/connections/${part(connectionId)}/indexes`;
    return (
      await this.#admin.get<{ runs: AdminIndexRun[] }>(path, addressId === undefined ? {} : { address_id: addressId })
    ).runs;
  }

  beginIndexRun(connectionId: string, wish: IndexWish = {}): Promise<AdminIndexRun> {
    return this.#admin.post(`/connections/${part(connectionId)}/indexes`, wish);
  }

  getIndexRun(connectionId: string, runId: number): Promise<AdminIndexReport> {
    return this.#admin.get(`/connections/${part(connectionId)}/indexes/${runId}`);
  }

  /** null: to no address. Without `addressId` that of the usual customer. */
  async getIndexPush(connectionId: string, addressId?: string): Promise<AdminIndexPush | null> {
    const path = `/connections/${part(connectionId)}/index-push`;
    return (
      await this.#admin.get<{ push: AdminIndexPush | null }>(
        path,
        addressId === undefined ? {} : { address_id: addressId },
      )
    ).push;
  }

  /** Of the usual customer, then by address id. */
  async listIndexPushes(connectionId: string): Promise<AdminIndexPush[]> {
    return (await this.#admin.get<{ pushes: AdminIndexPush[] }>(`/connections/${part(connectionId)}/index-push`))
      .pushes;
  }

  /** Pushes the file of each run to this address. Without `authorization` that of the same address stays. */
  async saveIndexPush(connectionId: string, wish: IndexPushWish): Promise<AdminIndexPush> {
    return (await this.#admin.post<{ push: AdminIndexPush }>(`/connections/${part(connectionId)}/index-push`, wish))
      .push;
  }

  /** Without `addressId` that of the usual customer. */
  removeIndexPush(connectionId: string, addressId?: string): Promise<{ removed: true }> {
    const path = `/connections/${part(connectionId)}/index-push`;
    return this.#admin.call({
      method: 'DELETE',
      path,
      query: addressId === undefined ? {} : { address_id: addressId },
    });
  }

  /** How many codes each list of the buyer has. */
  async getCodeLists(connectionId: string): Promise<Record<AdminCodeList, number>> {
    const path = `/connections/${part(connectionId)}/code-lists`;
    return (await this.#admin.get<{ lists: Record<AdminCodeList, number> }>(path)).lists;
  }

  /** The codes that the buyer knows: at most about 200 kilobytes at once, further ones with `add`. */
  async saveCodeList(
    connectionId: string,
    list: AdminCodeList,
    wish: CodeListWish,
  ): Promise<Record<AdminCodeList, number>> {
    const path = `/connections/${part(connectionId)}/code-lists/${list}`;
    return (await this.#admin.post<{ lists: Record<AdminCodeList, number> }>(path, wish)).lists;
  }

  removeCodeList(connectionId: string, list: AdminCodeList): Promise<{ removed: true }> {
    return this.#admin.delete(`/connections/${part(connectionId)}/code-lists/${list}`);
  }

  /** The pieces of a file, in order: joined they are the file. */
  async *readIndexFile(
    connectionId: string,
    runId: number,
    format: AdminIndexFormat,
  ): AsyncGenerator<string, void, undefined> {
    const path = `/connections/${part(connectionId)}/indexes/${runId}/files/${format}`;
    let after: number | null = -1;
    while (after !== null) {
      const piece: { content: string; next: number | null } = await this.#admin.get(path, { after });
      yield piece.content;
      after = piece.next;
    }
  }
}
