import { describe, expect, it } from 'vitest'
import { applyPatch, parseUnifiedDiff } from './unified-diff.ts'

const source = 'one\ntwo\nthree\nfour\n'
const diff = `Id: M00

--- a/folder/file.ts
+++ b/folder/file.ts
@@ -2,2 +2,2 @@
 two
-three
+drei
`

describe('a unified diff', () => {
  const [patch] = parseUnifiedDiff(diff)
  if (patch === undefined) throw new Error('no patch was read')

  it('is read with its path and without its header', () => {
    expect(patch.path).toBe('folder/file.ts')
    expect(patch.hunks).toHaveLength(1)
  })

  it('changes the lines that it names', () => {
    expect(applyPatch(source, patch)).toBe('one\ntwo\ndrei\nfour\n')
  })

  it('finds lines that have moved', () => {
    expect(applyPatch(`zero\nzero\n${source}`, patch)).toBe('zero\nzero\none\ntwo\ndrei\nfour\n')
  })

  it('is refused when its lines are gone, with the file and the line', () => {
    expect(() => applyPatch('one\nfour\n', patch)).toThrow('folder/file.ts: the lines of the hunk at line 2')
  })
})
