import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { matrixFixture } from '../matrix/matrix.fixture.ts'
import { recordFixture } from '../record.fixture.ts'
import { trendRow } from '../trend/trend-row.ts'
import { launch, openText, violations } from './browser.fixture.ts'
import { type BrowserAssets, browserAssets } from './browser-assets.ts'
import { renderHtml } from './html.ts'
import { renderIndex } from './index-page.ts'
import { renderMatrix } from './matrix-page.ts'
import { brokenPage, passedPage } from './page.fixture.ts'

// A busy machine is slow, not wrong: axe-core alone took 14 s where nine others worked on two cores.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })
const soon = { timeout: 60_000 }

let browser: Browser
let assets: BrowserAssets
beforeAll(async () => {
  ;[browser, assets] = await Promise.all([launch(), browserAssets()])
})
afterAll(() => browser?.close())

const passed = () => renderHtml(passedPage(), assets)
const broken = (text = 'o-7') => renderHtml(brokenPage(text), assets)

/** What hostile systems write into ids, names and logs. */
const hostile = [
  '<script>window.owned=1</script>',
  '</script><script>window.owned=1</script>',
  '</style><script>window.owned=1</script>',
  '"><img src=x onerror="window.owned=1">',
  "'><svg onload=window.owned=1>",
  '<iframe srcdoc="<script>parent.owned=1</script>"></iframe>',
  '<!--<script>window.owned=1//-->',
  'javascript:window.owned=1',
  '&lt;script&gt;window.owned=1&lt;/script&gt;',
  '\u2028\u2029\u0000\ud800<b>\u202e',
  '__proto__',
  '$' + '{window.owned=1}{{constructor.constructor("window.owned=1")()}}',
  'x'.repeat(2_000),
]

describe('the page of a run in a browser', () => {
  it.each([
    ['a good run', 'light'],
    ['a good run', 'dark'],
    ['a broken run', 'light'],
    ['a broken run', 'dark'],
  ] as const)('has no complaint, no request and no barrier for %s in the %s', async (run, colorScheme) => {
    await using opened = await openText(browser, run === 'a good run' ? passed() : broken(), { colorScheme })
    await opened.page.locator('#numbers summary').click()
    expect(await violations(opened.page)).toEqual([])
    expect(opened.complaints).toEqual([])
    expect(opened.requests).toEqual([])
  })

  it.each([
    ['wide', 1_280, 800],
    ['narrow', 390, 844],
  ])('shows the answer without scrolling on a %s screen', async (_, width, height) => {
    const wordy = broken('a reason that goes on and on, as those of real systems do, '.repeat(2))
    for (const text of [passed(), broken(), wordy]) {
      await using opened = await openText(browser, text, { width, height })
      for (const part of ['.badge', 'h1', '.sentence', '.replay', '.tiles']) {
        const box = await opened.page.locator(part).first().boundingBox()
        expect(box, part).not.toBeNull()
        expect((box?.y ?? 0) + (box?.height ?? 0), part).toBeLessThanOrEqual(height)
      }
      expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    }
  })

  it('draws every chart, with the faults behind it', async () => {
    await using opened = await openText(browser, passed())
    const drawn =
      await opened.page.evaluate(`[...document.querySelectorAll('.chart canvas')].map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      return data.some((byte) => byte !== 0)
    })`)
    expect(drawn).toEqual(Array(7).fill(true))
  })

  it('moves one cursor over all charts from the keyboard, and says in words what is there', async () => {
    await using opened = await openText(browser, passed())
    const slider = opened.page.getByRole('slider', { name: 'Moment' })
    await slider.focus()
    await opened.page.keyboard.press('Home')
    for (let second = 0; second < 31; second += 1) await opened.page.keyboard.press('ArrowRight')
    const said = await opened.page.locator('#readout').textContent()
    expect(said).toMatch(/^31 s · .*delivered 100 .*p99 .*fault f1 container-kill on worker-1/)
    expect(await slider.getAttribute('aria-valuetext')).toBe(said)
    const times = await opened.page.locator('.u-legend .u-series:first-child .u-value').allTextContents()
    expect(times).toEqual(Array(7).fill('31 s'))
  })

  it('leads from the first tab stop to the details, and from a broken promise to its story', async () => {
    await using opened = await openText(browser, broken('o-7'))
    await opened.page.keyboard.press('Tab')
    await opened.page.keyboard.press('Enter')
    expect(await opened.page.evaluate('document.activeElement.id')).toBe('main')
    await opened.page.evaluate('document.querySelector(".story").open = false')
    await opened.page.locator('.broken a').first().click()
    await expect.poll(() => opened.page.locator('.story').getAttribute('open'), soon).not.toBeNull()
  })

  it.each([
    ['light', 1_280],
    ['light', 390],
    ['dark', 1_280],
    ['dark', 390],
  ] as const)('shows two systems side by side without a barrier, %s at %d', async (colorScheme, width) => {
    const page = passedPage()
    const { record, data } = page
    const fallen = {
      ...record,
      system: 'before the redesign',
      verdict: 'fail',
      sentence: '71 doubled',
    } as const
    const otherSystem = { record: fallen, data, report: '../old/report.html' } as never
    const text = renderHtml({ ...page, otherSystem }, assets)
    await using opened = await openText(browser, text, { colorScheme, width, scripts: false })
    await opened.page.locator('#side-by-side').scrollIntoViewIfNeeded()
    for (const title of ['Accepted orders', 'Answers that were no promise', 'Response time']) {
      const box = await opened.page.getByRole('img', { name: title }).boundingBox()
      expect(box?.height).toBeGreaterThan(100)
      // Beside each other where there is room, else below each other.
      expect(box?.width).toBeGreaterThan(width === 390 ? 300 : 500)
      // The last of three has a row of its own.
      const isLast = title === 'Response time'
      expect(box?.width).toBeLessThan(width === 390 ? 390 : isLast ? width : 700)
    }
    expect(await opened.page.locator('#side-by-side .card').count()).toBe(2)
    expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    await using scripted = await openText(browser, text, { colorScheme, width })
    expect(await violations(scripted.page)).toEqual([])
    expect(scripted.complaints).toEqual([])
    expect(scripted.requests).toEqual([])
  })

  it('copies the replay line, or selects it where there is no clipboard', async () => {
    await using opened = await openText(browser, passed())
    const button = opened.page.getByRole('button', { name: 'Copy' })
    await button.focus()
    await opened.page.keyboard.press('Enter')
    await expect
      .poll(() => opened.page.locator('.replay button').textContent(), soon)
      .toMatch(/Copied|Selected/)
  })

  it('keeps its tables where scripts are off', async () => {
    await using opened = await openText(browser, passed(), { scripts: false })
    expect(await opened.page.getByText('scripts are off').isVisible()).toBe(true)
    expect(await opened.page.getByRole('table', { name: 'Load by phase' }).isVisible()).toBe(true)
  })

  it('prints in light colours, with charts that fit the paper', async () => {
    await using opened = await openText(browser, passed(), { colorScheme: 'dark' })
    await opened.page.evaluate('dispatchEvent(new Event("beforeprint"))')
    const background = await opened.page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(background).toBe('rgb(255, 255, 255)')
    const widths = await opened.page.evaluate<number[]>(
      '[...document.querySelectorAll(".chart .u-wrap")].map((one) => one.offsetWidth)',
    )
    expect(Math.max(...widths)).toBeLessThanOrEqual(660)
  })

  it.each(hostile.map((text) => [text.slice(0, 40), text]))('is not owned by %j', async (_, text) => {
    await using opened = await openText(browser, broken(text))
    await opened.page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
    expect(await opened.page.evaluate('window.owned')).toBeUndefined()
    expect(await opened.page.locator('img, iframe, object, embed, b, [onerror], [onload]').count()).toBe(0)
    expect(await opened.page.locator('script').count()).toBe(2)
    expect(await opened.page.locator('.chart').count()).toBe(8)
    expect(opened.complaints).toEqual([])
    expect(opened.requests).toEqual([])
  })
})

describe('a page without a script in a browser', () => {
  const rows = ['one', '"><script>window.owned=1</script>'].map((text) => ({
    ...trendRow(recordFixture({ experiment: text, seed: text, sentence: text }), `runs/${text}`),
  }))
  const matrix = matrixFixture('"><script>window.owned=1</script>')

  it.each([
    ['all runs', 'light', () => renderIndex(rows, assets.style, [matrix])],
    ['all runs', 'dark', () => renderIndex(rows, assets.style, [matrix])],
    ['a matrix', 'light', () => renderMatrix(matrix, assets.style)],
    ['a matrix', 'dark', () => renderMatrix(matrix, assets.style)],
  ] as const)(
    'has no complaint, no request and no barrier for %s in the %s',
    async (_, colorScheme, render) => {
      await using opened = await openText(browser, render(), { colorScheme, width: 390 })
      expect(await violations(opened.page)).toEqual([])
      expect(opened.complaints).toEqual([])
      expect(opened.requests).toEqual([])
      expect(await opened.page.locator('script').count()).toBe(0)
      expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    },
  )
})
