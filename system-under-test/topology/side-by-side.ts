/**
 * The values of all, in their order. If one fails, throws that failure, but only when every other has ended too: a
 * container that is still being started could not be removed.
 */
export async function sideBySide<T extends readonly unknown[]>(
  all: {
    readonly [K in keyof T]: Promise<T[K]>
  },
): Promise<T> {
  await Promise.allSettled(all)
  return (await Promise.all(all)) as unknown as T
}
