/**
 * Maximum ids or hits per request: beyond it Shopware answers 400 FRAMEWORK__QUERY_LIMIT_EXCEEDED; Vendure's
 * shopListQueryLimit is the same.
 */
export const MAX_PER_REQUEST = 100;

/** Calls `load` for one chunk after the other. */
export async function inChunks<In, Out>(
  all: readonly In[],
  load: (chunk: In[]) => Promise<Out[]>,
  size: number = MAX_PER_REQUEST,
): Promise<Out[]> {
  const found: Out[] = [];
  for (let start = 0; start < all.length; start += size) found.push(...(await load(all.slice(start, start + size))));
  return found;
}
