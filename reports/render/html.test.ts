import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Aggregate } from '../aggregate/aggregate.ts'
import { spikeHistory } from '../history.fixture.ts'
import { recordFixture } from '../record.fixture.ts'
import { renderHtml } from './html.ts'

const assets = { style: 'p{color:red}', script: 'void 0' }
const record = recordFixture()

function dataOf() {
  const aggregate = new Aggregate(record.load)
  for (const line of spikeHistory()) aggregate.see(line)
  return aggregate.end()
}

describe('the page of a run', () => {
  it('says the verdict before anything else', () => {
    const page = renderHtml({ record, data: dataOf() }, assets)
    const text = page
      .slice(page.indexOf('<body>'))
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
    expect(text).toMatch(/^ Skip to the details ✓ Pass spike Does a spike .* All promises were kept/)
  })

  it('allows its own style and script by hash, and nothing else', () => {
    const page = renderHtml({ record }, assets)
    const hash = (text: string) => createHash('sha256').update(text).digest('base64')
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1]?.replaceAll('&#39;', "'")
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`style-src 'sha256-${hash(assets.style)}'`)
    expect(policy).toContain(`script-src 'sha256-${hash(assets.script)}'`)
    expect(policy).not.toContain('unsafe')
  })

  it('has no inline style, no inline handler and no address of anything outside', () => {
    const page = renderHtml({ record, data: dataOf() }, assets)
    expect(page).not.toMatch(/\sstyle=|\son\w+=|src=|https?:/)
  })

  it('shows every part of the story, in the order in which a reader asks', () => {
    const page = renderHtml({ record, data: dataOf() }, assets)
    const ids = [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual(['load', 'timeline', 'accounting', 'faults', 'promises', 'environment'])
  })

  it('shows how each fault was lived through, and a dash for what was not seen', () => {
    const recoveries = [{ fault: 'f1', detectMs: 120, normalMs: 4_000 }]
    const page = renderHtml({ record: recordFixture({ recoveries }) }, assets)
    expect(page).toMatch(
      /f1<\/th><td class="number">120 ms<\/td><td class="number">–<\/td><td class="number">4 s<\/td>/,
    )
    expect(renderHtml({ record }, assets)).not.toContain('felt to first sign')
  })

  it('links an example only where the page has its story', () => {
    const [promise] = record.promises
    const promises = [
      { ...promise, verdict: 'fail', reasons: ['broken'], examples: ['o-7', 'StoreAway, 4.0 s to 9.0 s'] },
    ]
    const broken = recordFixture({ verdict: 'fail', promises: promises as never })
    const story = { id: 'o-7', classes: ['lost'], steps: [], logs: [] }
    const page = renderHtml({ record: broken, stories: [story] }, assets)
    expect(page).toContain('<a href="#id-o-7">o-7</a>')
    expect(page).toContain('<span>StoreAway, 4.0 s to 9.0 s</span>')
  })

  it('never calls nought what nobody looked for', () => {
    const [promise] = record.promises
    const page = (verdict: 'pass' | 'unknown') => {
      const promises = [{ ...promise, verdict }] as never
      const result = { counts: { attempted: 5, acknowledged: 5, lost: 0 } }
      return renderHtml({ record: recordFixture({ promises, result }) }, assets)
    }
    expect(page('pass')).toContain('<dt>lost</dt><dd>0</dd>')
    expect(page('unknown')).toContain('<dt>lost</dt><dd>not judged</dd>')
    expect(page('unknown')).toMatch(/lost<\/span><\/th><td class="number">0<\/td><td>not judged/)
  })

  it('says what is missing where a run left no history and no verdict', () => {
    const cut = recordFixture({
      verdict: undefined,
      sentence: undefined,
      endedAt: undefined,
      result: undefined,
    })
    const page = renderHtml({ record: cut, historyProblem: 'The run left no history.' }, assets)
    expect(page).toContain('The run was cut off before it had a verdict.')
    expect(page).toContain('The run left no history.')
    expect(page).toContain('The run was not judged')
  })

  it('cannot be left by a name that ends the data block', () => {
    const data = { ...dataOf(), observations: [{ name: '</script><script>alert(1)</script>', values: [1] }] }
    const page = renderHtml({ record, data }, assets)
    expect(page.match(/<script/g)).toHaveLength(2)
    expect(page).not.toContain('<script>alert')
  })
})
