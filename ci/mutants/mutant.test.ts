import { describe, expect, it } from 'vitest'
import { mutantsOf } from './list.ts'
import { parseMutant } from './mutant.ts'

describe('a mutant', () => {
  it('is refused with every missing header line at once', () => {
    const read = () => parseMutant('Id: M00\nClass: lost\n', 'M00.diff')
    expect(read).toThrow(/4 problem|"Title:".*"Stands-for:".*"Trigger:".*no diff/s)
  })

  it('has header values that may go on in indented lines', () => {
    const text = `Id: M00
Title: does
  nothing
Stands-for: a typo
Trigger: none
Class: lost

--- a/x.ts
+++ b/x.ts
@@ -1 +1 @@
-a
+b
`
    expect(parseMutant(text, 'M00.diff').title).toBe('does nothing')
  })

  it('that nobody knows is refused with its code', async () => {
    await expect(mutantsOf(['M99'])).rejects.toMatchObject({ code: 'HARNESS_NAME_UNKNOWN' })
  })
})
