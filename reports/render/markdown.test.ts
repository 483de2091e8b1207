import { describe, expect, it } from 'vitest'
import { recordFixture } from '../record.fixture.ts'
import { renderMarkdown } from './markdown.ts'

describe('the Markdown summary', () => {
  it('begins with the verdict and ends with the replay line', () => {
    const lines = renderMarkdown(recordFixture()).trimEnd().split('\n')
    expect(lines[0]).toBe('## ✅ spike: pass')
    expect(lines.slice(-3)).toEqual(['```', 'npm run spike -- --seed 8f3a', '```'])
  })

  it('names what was not judged', () => {
    const text = renderMarkdown(recordFixture({ problems: ['the load generator failed'] }))
    expect(text).toContain('the load generator failed')
  })

  it('says of a run that was cut off that it has no verdict', () => {
    const text = renderMarkdown(
      recordFixture({ verdict: undefined, sentence: undefined, endedAt: undefined }),
    )
    expect(text).toMatch(/^## ⚠️ spike: unknown/)
    expect(text).toContain('cut off before it had a verdict')
  })

  it('fences a replay line that has backticks, and lets no name begin markup', () => {
    const text = renderMarkdown(recordFixture({ replay: 'a ``` b', experiment: '[x](y) | <b>' }))
    expect(text).toContain('````\na ``` b\n````')
    expect(text).not.toMatch(/\[x\]|<b>/)
  })
})
