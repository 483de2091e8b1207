const internedBase = 2 ** 32

/**
 * Digests as numbers, equal exactly where the texts are: eight lower-case hex digits are their own value below
 * 2^32, any other text gets the next number from 2^32. Only the latter take memory.
 */
export class DigestCodes {
  readonly #interned = new Map<string, number>()

  codeOf(digest: string): number {
    if (digest.length === 8) {
      const value = hexValue(digest)
      if (value >= 0) return value
    }
    const known = this.#interned.get(digest)
    if (known !== undefined) return known
    const code = internedBase + this.#interned.size
    this.#interned.set(digest, code)
    return code
  }
}

export function isInterned(code: number): boolean {
  return code >= internedBase
}

function hexValue(text: string): number {
  let value = 0
  for (let at = 0; at < 8; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit >= 48 && unit <= 57) value = value * 16 + unit - 48
    else if (unit >= 97 && unit <= 102) value = value * 16 + unit - 87
    else return -1
  }
  return value
}
