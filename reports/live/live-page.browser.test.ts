import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { launch, openAddress, violations } from '../render/browser.fixture.ts'
import { openLivePage } from './live-page.ts'

// A busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })
const soon = { timeout: 60_000 }

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

const title = { experiment: 'spike', seed: '8f3a', askedAt: () => 100, faultsPlanned: 1 }

describe('the live page in a browser', () => {
  it.each(['light', 'dark'] as const)('follows a run to its verdict, in the %s', async (colorScheme) => {
    await using live = await openLivePage({ ...title, elapsedMs: () => 3_000 })
    await using opened = await openAddress(browser, live.url, { colorScheme })
    const { page } = opened
    live.see({ kind: 'phase', timeMs: 1, phase: 'assault' })
    live.see({ kind: 'observation', timeMs: 2, name: 'queue-depth', value: 8_123 })
    const hostile = '<img src=x onerror="window.owned=1">'
    live.see({ kind: 'fault', event: 'felt', timeMs: 3, fault: 'f1', faultKind: 'latency', target: hostile })
    await page.getByText('8,123 queued').waitFor(soon)
    await page.getByText(hostile).waitFor(soon)
    await expect.poll(() => page.locator('.line-backlog').getAttribute('points'), soon).toContain(',')
    expect(await page.locator('#phase').textContent()).toBe('assault')
    expect(await violations(page)).toEqual([])
    live.end({ verdict: 'pass', sentence: 'Every promise was kept.', report: 'runs/report.html' })
    await page.getByText('Every promise was kept.').waitFor(soon)
    expect(await page.locator('#badge').textContent()).toBe('pass')
    expect(await violations(page)).toEqual([])
    expect(opened.complaints).toEqual([])
    expect(opened.requests).toEqual([`${live.url}events`])
    expect(await page.evaluate('window.owned')).toBeUndefined()
  })

  it('says that a run is gone which did not say what it came to', async () => {
    const live = await openLivePage({ ...title, elapsedMs: () => 3_000 })
    await using opened = await openAddress(browser, live.url)
    await opened.page.getByText('100/s asked').waitFor(soon)
    await live[Symbol.asyncDispose]()
    await opened.page.getByText('did not say what it came to').waitFor(soon)
  })
})
