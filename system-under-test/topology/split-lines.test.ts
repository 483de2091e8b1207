import { describe, expect, it } from 'vitest'
import { LineSplitter } from './split-lines.ts'

describe('splitting a stream into lines', () => {
  it('puts lines and characters together that were cut between chunks', () => {
    const lines: string[] = []
    const splitter = new LineSplitter((line) => lines.push(line))
    const bytes = new TextEncoder().encode('one\ntwö\nthree')
    for (const byte of bytes) splitter.write(Uint8Array.of(byte))
    expect(lines).toEqual(['one', 'twö'])
    splitter.end()
    expect(lines).toEqual(['one', 'twö', 'three'])
  })

  it('gives an empty line for each newline alone, and nothing for an empty end', () => {
    const lines: string[] = []
    const splitter = new LineSplitter((line) => lines.push(line))
    splitter.write(new TextEncoder().encode('\n\n'))
    splitter.end()
    expect(lines).toEqual(['', ''])
  })
})
