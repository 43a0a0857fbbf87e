/** Most ids of one request; Shopware answers 400 FRAMEWORK__QUERY_LIMIT_EXCEEDED to more. */
export const MAX_PER_REQUEST = 100;

/** Calls `load` for one chunk after the other. */
export async function inChunks<In, Out>(all: readonly In[], load: (chunk: In[]) => Promise<Out[]>): Promise<Out[]> {
  const found: Out[] = [];
  for (let start = 0; start < all.length; start += MAX_PER_REQUEST)
    found.push(...(await load(all.slice(start, start + MAX_PER_REQUEST))));
  return found;
}
