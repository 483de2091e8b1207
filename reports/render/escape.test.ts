import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeMarkdown, escapeMarkup, escapeTerminal } from './escape.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })

describe('escaping for markup', () => {
  it('keeps text readable', () => {
    expect(escapeMarkup(`Größe <b> & "x" 'y'`)).toBe('Größe &lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;')
  })

  it('leaves no character that begins markup, ends an attribute or is forbidden in XML', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeMarkup(text)
        expect(escaped).not.toMatch(/[<>"']/)
        expect(escaped.replaceAll(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
        expect(escaped).not.toMatch(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u)
      }),
    )
  })
})

describe('escaping for Markdown', () => {
  it('leaves nothing that could be a link, a table cell, a tag or a line of its own', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeMarkdown(text).replaceAll(/&#\d+;/g, '')).not.toMatch(/[\\`*_{}[\]<>()#!|~@&\n\r]/)
      }),
    )
  })
})

describe('escaping for a terminal', () => {
  it('lets no control character through', () => {
    expect(escapeTerminal('\u001b]0;title\u0007 a\r\nb \u202e c')).toBe('\ufffd]0;title\ufffd a b \ufffd c')
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeTerminal(text)).not.toMatch(/\p{Cc}/u)
      }),
    )
  })
})
