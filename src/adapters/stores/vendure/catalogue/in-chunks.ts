/** Vendure's shopListQueryLimit, unless it was changed. */
export const MAX_PER_REQUEST = 100;

/** Runs `load` over chunks that the shop takes, one after the other. */
export async function inChunks<In, Out>(
  all: readonly In[],
  load: (chunk: In[]) => Promise<Out[]>,
  size: number = MAX_PER_REQUEST,
): Promise<Out[]> {
  const found: Out[] = [];
  for (let start = 0; start < all.length; start += size) found.push(...(await load(all.slice(start, start + size))));
  return found;
}
