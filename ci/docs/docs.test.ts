import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withBlocks } from './blocks.ts'
import { documents } from './documents.ts'

const root = join(import.meta.dirname, '../..')

describe('the documentation', () => {
  it.each(documents)('%s says what the code says (else: npm run seawall -- docs)', (file) => {
    const text = readFileSync(join(root, file), 'utf8')
    expect(text).toContain('<!-- made: ')
    expect(withBlocks(text)).toBe(text)
  })

  it('refuses a block that nothing makes', () => {
    expect(() => withBlocks('<!-- made: nonsense -->\n<!-- end -->')).toThrow(
      'nothing makes the block "nonsense"',
    )
  })

  it('begins with what it is and the two commands', () => {
    const first = readFileSync(join(root, 'README.md'), 'utf8').slice(0, 1_500)
    expect(first).toContain('npm ci && npm run spike')
    expect(first).toContain('npm ci && npm test')
  })
})
