import { describe, expect, it } from 'vitest'
import { isDone, readOutcome, type Seen, submitOutcome } from './outcome.ts'

const seen = (changes: Partial<Seen>): Seen => ({
  status: 0,
  errorCode: 0,
  body: '',
  retryAfter: undefined,
  maySentBefore: false,
  ...changes,
})

describe('an answer to a submit', () => {
  it.each([200, 201, 202])('%i means that it happened', (status) => {
    expect(submitOutcome(seen({ status }))).toMatchObject({ type: 'ok', again: false })
  })

  it.each([400, 409, 413, 415, 422])(
    '%i means that it did not happen, and asking again is of no use',
    (status) => {
      expect(submitOutcome(seen({ status }))).toMatchObject({ type: 'fail', status, again: false })
    },
  )

  it('429 means that it did not happen, and may be asked again', () => {
    expect(submitOutcome(seen({ status: 429, retryAfter: '2' }))).toMatchObject({
      type: 'fail',
      again: true,
      retryAfterMs: 2_000,
    })
  })

  it('503 means that it did not happen only if it says that nothing was published', () => {
    const body = '{"published":false,"reason":"breaker open"}'
    expect(submitOutcome(seen({ status: 503, body })).type).toBe('fail')
    for (const other of ['', 'no healthy upstream', '{"published":true}', 'null', '"published"']) {
      expect(submitOutcome(seen({ status: 503, body: other }))).toMatchObject({ type: 'info', again: true })
    }
  })

  it.each([500, 502, 504, 301, 418])('%i means that we cannot know', (status) => {
    expect(submitOutcome(seen({ status }))).toMatchObject({ type: 'info', again: true })
  })

  it.each([
    [1050, 'info', 'timeout'],
    [1211, 'info', 'timeout'],
    [1220, 'info', 'connection reset'],
    [1201, 'info', 'connection reset'],
    [1000, 'info', 'connection reset'],
    [1630, 'info', 'other'],
    [1212, 'fail', 'connection refused'],
    [1101, 'fail', 'name not found'],
  ])("without an answer, k6's code %i means %s: %s", (errorCode, type, error) => {
    expect(submitOutcome(seen({ errorCode }))).toMatchObject({ type, error, again: true, status: 0 })
  })

  it.each([
    { errorCode: 1212 },
    { errorCode: 1101 },
    { status: 429 },
    { status: 503, body: '{"published":false}' },
  ])('%j says nothing of a request that may have been sent before', (refusal) => {
    expect(submitOutcome(seen(refusal)).type).toBe('fail')
    expect(submitOutcome(seen({ ...refusal, maySentBefore: true }))).toMatchObject({
      type: 'info',
      again: true,
    })
  })

  it('says the same at every sending where the request itself is wrong, and where it happened', () => {
    for (const [status, type] of [
      [202, 'ok'],
      [422, 'fail'],
    ] as const) {
      expect(submitOutcome(seen({ status, maySentBefore: true })).type).toBe(type)
    }
  })

  it.each(['', 'soon', '-1', 'Wed, 21 Oct 2026 07:28:00 GMT', '99999999'])(
    'does not read %j as a time to wait',
    (retryAfter) => {
      expect(submitOutcome(seen({ status: 429, retryAfter })).retryAfterMs).toBeUndefined()
    },
  )
})

describe('an answer to a read', () => {
  it('is found, not there, or unknown, and is asked for once', () => {
    expect(readOutcome(seen({ status: 200 }))).toMatchObject({ type: 'ok', again: false })
    expect(readOutcome(seen({ status: 404 }))).toMatchObject({ type: 'fail', again: false })
    expect(readOutcome(seen({ status: 503 }))).toMatchObject({ type: 'info', again: false })
    expect(readOutcome(seen({ errorCode: 1050 }))).toMatchObject({
      type: 'info',
      again: false,
      error: 'timeout',
    })
  })
})

describe('an order', () => {
  it('is done only if the answer says so of the very payload that was sent', () => {
    expect(isDone('{"orderId":"a","status":"done","digest":"00ab"}', '00ab')).toBe(true)
    for (const body of [
      '{"status":"accepted","digest":"00ab"}',
      '{"status":"done","digest":"ffff"}',
      'done 00ab',
      'null',
    ]) {
      expect(isDone(body, '00ab')).toBe(false)
    }
  })
})
