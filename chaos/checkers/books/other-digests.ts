/** Digests beside the first one that an id came with; hardly any id has such. */
export class OtherDigests {
  readonly #byIndex = new Map<number, { readonly invoked: Set<number>; readonly read: Set<number> }>()

  invoked(index: number, digest: number): void {
    this.#of(index).invoked.add(digest)
  }

  read(index: number, digest: number): void {
    this.#of(index).read.add(digest)
  }

  indexes(): Iterable<number> {
    return this.#byIndex.keys()
  }

  /** True if a read digest is neither the first one nor among those that further invokes carried. */
  hasUnknown(index: number, first: number): boolean {
    const { invoked, read } = this.#of(index)
    return [...read].some((digest) => digest !== first && !invoked.has(digest))
  }

  #of(index: number) {
    const known = this.#byIndex.get(index)
    if (known !== undefined) return known
    const added = { invoked: new Set<number>(), read: new Set<number>() }
    this.#byIndex.set(index, added)
    return added
  }
}
