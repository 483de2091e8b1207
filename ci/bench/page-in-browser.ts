import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launch, openAddress } from '../../reports/render/browser.fixture.ts'

/**
 * How long a page takes in Chromium from the begin of its navigation until it can be used, in ms: everything is loaded
 * and drawn, something was painted, and no task that keeps the reader waiting (50 ms or longer) is left. Every round has a
 * profile of its own, so that nothing is cached. Throws where the page does not answer its reader then.
 */
export async function interactiveMs(file: string, rounds: number): Promise<readonly number[]> {
  const browser = await launch()
  try {
    const times: number[] = []
    for (let round = 0; round < rounds; round += 1) times.push(await oneRound(browser, file))
    return times
  } finally {
    await browser.close()
  }
}

async function oneRound(browser: Browser, file: string): Promise<number> {
  await using opened = await openAddress(browser, pathToFileURL(file).href)
  const ms = await opened.page.evaluate<number>(untilQuiet)
  await useIt(opened.page)
  return ms
}

/** Within the page: its own clock counts from the begin of the navigation. */
const untilQuiet = `new Promise((resolve) => {
  const ends = []
  const note = (list) => {
    for (const { startTime, duration } of list) ends.push(startTime + duration)
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: 'longtask', buffered: true })
  observer.observe({ type: 'paint', buffered: true })
  // Two frames: whatever the load left to be drawn has been.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
    note(observer.takeRecords())
    resolve(Math.max(performance.getEntriesByType('navigation')[0].loadEventEnd, ...ends))
  })))
})`

/** The one thing on the page that needs its script: the cursor over all charts. */
async function useIt(page: Page): Promise<void> {
  await page.getByRole('slider', { name: 'Moment' }).focus()
  await page.keyboard.press('End')
  const said = await page.locator('#readout').textContent()
  if (said?.includes(' s ·') !== true) throw new Error(`expected the charts' readout, got "${said}"`)
}
