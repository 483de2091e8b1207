import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LivePage, openLivePage } from './live-page.ts'

const title = { experiment: 'spike', seed: '8f3a', askedAt: () => 100, faultsPlanned: 1 }

let page: LivePage
beforeEach(async () => {
  page = await openLivePage({ ...title, elapsedMs: () => 1_000 })
})
afterEach(() => page[Symbol.asyncDispose]())

/** fetch would not send another host. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(page.url, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

describe('the live page of a run', () => {
  it('is one file with a policy of its own, and a stream of moments that ends with the verdict', async () => {
    const text = await (await fetch(page.url)).text()
    expect(text).toMatch(/default-src &#39;none&#39;; .*connect-src &#39;self&#39;/)
    page.see({ kind: 'phase', timeMs: 1, phase: 'assault' })
    const stream = await fetch(new URL('/events', page.url))
    page.end({ verdict: 'pass', sentence: 'Every promise was kept.', report: 'runs/report.html' })
    const events = await stream.text()
    expect(events).toMatch(
      /^event: moment\ndata: \{"phase":"assault","seconds":1,"rows":\[\["arrivals","100\/s asked/,
    )
    expect(events).toMatch(/\nevent: end\ndata: \{"verdict":"pass",.*\}\n\n$/)
  })

  it('tells also those who come late what the run came to', async () => {
    page.end({ verdict: 'fail', sentence: 'A promise was broken.', report: 'runs/report.html' })
    expect(await (await fetch(new URL('/events', page.url))).text()).toContain('"verdict":"fail"')
  })

  it('answers nobody who came by another name, and nothing but its page and its events', async () => {
    expect(await statusFor('evil.example')).toBe(403)
    expect(await statusFor(`localhost:${new URL(page.url).port}`)).toBe(200)
    expect((await fetch(new URL('/etc/passwd', page.url))).status).toBe(404)
    expect((await fetch(page.url, { method: 'POST' })).status).toBe(405)
  })

  it('frees its port though somebody still listens', async () => {
    await fetch(new URL('/events', page.url))
    await page[Symbol.asyncDispose]()
    await expect(fetch(page.url)).rejects.toThrow('fetch failed')
    page = await openLivePage({ ...title, elapsedMs: () => 0 })
  })
})
