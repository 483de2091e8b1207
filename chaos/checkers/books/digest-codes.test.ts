import { describe, expect, it } from 'vitest'
import { DigestCodes, isInterned } from './digest-codes.ts'

describe('the code of a digest', () => {
  it('is its value where it is eight lower-case hex digits', () => {
    const codes = new DigestCodes()
    const digests = ['00000000', '0000000a', '90000000', 'deadbeef', 'ffffffff', '09afbc18']
    expect(digests.map((digest) => codes.codeOf(digest))).toEqual([
      0, 10, 0x90000000, 0xdeadbeef, 0xffffffff, 0x09afbc18,
    ])
    expect(digests.some((digest) => isInterned(codes.codeOf(digest)))).toBe(false)
  })

  it('is a number of its own for every other text, the same each time', () => {
    const codes = new DigestCodes()
    // Beside the digits and the letters in the table of characters, and as long as no digest is.
    const others = ['1000000/', '0000000:', '0000000`', '0000000g', '0000000A', '', '9c1e', '000000000']
    const first = others.map((digest) => codes.codeOf(digest))
    expect(first).toEqual(others.map((_, number) => 2 ** 32 + number))
    expect(others.map((digest) => codes.codeOf(digest))).toEqual(first)
    expect(first.every(isInterned)).toBe(true)
  })
})
