import { sleep } from 'k6'
import { sha256 } from 'k6/crypto'
import exec from 'k6/execution'
import http from 'k6/http'
import { arrivalsOf } from '../profiles/arrivals.ts'
import { type Arrival, arrivalDraws, arrivalOf, attemptsPerArrivalMax } from './arrival-kind.ts'
import { arrivalText, attemptText, flagsOf, toldLine } from './attempt-text.ts'
import { seedOf } from './chance.ts'
import { clientOf, customerOf, processOf } from './client-of.ts'
import { k6Address, type LoadConfig, marks } from './config.ts'
import { optionsOf } from './options.ts'
import { isDone, type Outcome, readOutcome, type Seen, submitOutcome } from './outcome.ts'
import { payloadOf } from './payload.ts'
import { requestsOf } from './requests.ts'
import { backoffMs } from './retry.ts'

/**
 * The client of the order intake, played by k6: an arrival of the profile is one iteration, and iteration n is order n
 * (or a repeat of an earlier one, or a read). What it sends follows from the seed and n alone.
 *
 * One line of the ledger is written for each iteration, at its end. Batches over several iterations would be
 * shorter, but a virtual user that is never asked again would keep its last batch for ever, and its orders would
 * look as if nobody had sent them.
 */
declare const console: { log(text: string): void }

const config: LoadConfig = JSON.parse(open(__ENV.SEAWALL_LOAD ?? '/seawall/load.json'))
const seed = seedOf(config.seed)
const { mix } = config.profile
const requests = requestsOf(config)
const draws = arrivalDraws(seed, mix)
const arrivals = arrivalsOf(config.profile)

export const options = optionsOf(config)

const nowMs = () => Date.now() - config.runStartedEpochMs

// Asked once: each look into k6's execution API costs as much as a third of a request.
let startedMs: number | undefined
let virtualUser = 0
/** Whose arrival it is just now. */
let processName = ''

/** The newest order that this virtual user knows to be accepted, and how often it was read. */
let known: { n: number; reads: number } | undefined

/** All virtual users are ready by now: they are made while the service still starts, and wait here until it has. */
export function setup(): void {
  if (config.gateUrl === undefined) return
  while (http.get(config.gateUrl, { timeout: '1s', tags: { name: 'gate' } }).status !== 200) sleep(0.03)
}

export function arrive(): void {
  const n = exec.scenario.iterationInTest
  if (startedMs === undefined) {
    startedMs = exec.scenario.startTime - config.runStartedEpochMs
    virtualUser = exec.vu.idInTest
  }
  if (n === 0) console.log(JSON.stringify({ kind: marks.started, timeMs: startedMs }))
  const intendedMs = startedMs + (arrivals.timeMs(n) ?? 0)
  const arrival = arrivalOf(draws, n)
  processName = processOf(clientOf(seed, arrival.subject, mix), virtualUser)
  if (arrival.kind === 'read' && known !== undefined && known.reads < 200) read(known, intendedMs)
  else submit(arrival, intendedMs)
}

function submit(arrival: Arrival, intendedMs: number): void {
  const { n, subject, subjectKind } = arrival
  const body = payloadOf(seed, subject, subjectKind, { customer: customerOf(seed, subject, mix) })
  const digest = digestOf(body)
  const shared = arrivalText(subject, 'submit', flagsOf(subjectKind), digest, intendedMs)
  let attempts = ''
  const last = untilSure(n, (attempt) => {
    const invokeMs = nowMs()
    const outcome = submitOutcome(requests.post(subject, n, attempt, body))
    attempts += textOf(shared, arrival.firstAttempt + attempt - 1, invokeMs, nowMs(), outcome)
    return outcome
  })
  write(attempts)
  if (last.type !== 'ok' || arrival.kind === 'repeat' || subjectKind === 'poison') return
  known = { n, reads: 0 }
  if (arrival.kind === 'conflict') contradict(n, digest, intendedMs)
}

/** Asks until the answer is final, the attempts are used up or the client's patience is. */
function untilSure(n: number, ask: (attempt: number) => Outcome): Outcome {
  const giveUpMs = nowMs() + config.patienceMs
  const attemptsMax = Math.min(mix.attemptsMax, attemptsPerArrivalMax)
  let attempt = 1
  let outcome = ask(attempt)
  while (outcome.again && attempt < attemptsMax) {
    const waitMs = backoffMs(seed, n, attempt, outcome.retryAfterMs)
    if (nowMs() + waitMs >= giveUpMs) break
    sleep(waitMs / 1_000)
    attempt += 1
    outcome = ask(attempt)
  }
  return outcome
}

/**
 * The same key with another order, once the first one is stored: before that, either of the two could win, and both
 * would be right. The answer must be 409; a service that accepts it must put it into the dead letters as a conflict,
 * which the final read reports under an id of its own.
 */
function contradict(n: number, digest: string, intendedMs: number): void {
  if (known === undefined || !isStored(known, digest, intendedMs)) return
  const body = payloadOf(seed, n, 'order', { version: 1, customer: customerOf(seed, n, mix) })
  const line = {
    kind: 'op',
    process: processName,
    action: 'submit',
    id: `${config.ledgerPrefix}${n}~conflict`,
  }
  untilSure(n, (attempt) => {
    const invoke = { ...line, attempt, type: 'invoke', digest: digestOf(body), expect: 'dead-letter' }
    // Before it is sent: were it cut off, its dead letter would look as if nobody had sent it.
    console.log(JSON.stringify({ ...invoke, timeMs: nowMs() }))
    const outcome = submitOutcome(requests.post(n, n, attempt + attemptsPerArrivalMax, body))
    console.log(JSON.stringify({ ...line, attempt, ...completionOf(outcome), timeMs: nowMs() }))
    return outcome
  })
}

function completionOf(outcome: Outcome): object {
  const status = outcome.status === 0 ? {} : { status: outcome.status }
  return { type: outcome.type, ...status, ...(outcome.error === '' ? {} : { error: outcome.error }) }
}

/** Looks a few times: an order waits in the queue while the store is away, and then nothing is contradicted. */
function isStored(order: { n: number; reads: number }, digest: string, intendedMs: number): boolean {
  for (let look = 0; look < 5; look += 1) {
    const seen = read(order, intendedMs)
    if (seen.status === 200 && isDone(seen.body, digest)) return true
    sleep(0.2)
  }
  return false
}

function read(order: { n: number; reads: number }, intendedMs: number): Seen {
  order.reads += 1
  const invokeMs = nowMs()
  const seen = requests.get(order.n, order.reads)
  const shared = arrivalText(order.n, 'get', 0, '', intendedMs)
  write(textOf(shared, order.reads, invokeMs, nowMs(), readOutcome(seen)))
  return seen
}

function write(attempts: string): void {
  if (config.ledger) console.log(toldLine(processName, attempts))
}

// Where there is no ledger, nothing is spent on one: that is what its cost is measured against.
const textOf: typeof attemptText = config.ledger ? attemptText : () => ''

const digestOf = (body: string) => sha256(body, 'hex').slice(0, 8)

let droppedBefore = 0

/** A tick for every look, so that others know until when the count is known; a line of history for every loss. */
export function watch(): void {
  const answer = http.get(`http://${k6Address}/v1/metrics/dropped_iterations`, { tags: { name: 'watch' } })
  const count = answer.status === 200 ? Number(answer.json('data.attributes.sample.count') ?? 0) : 0
  const timeMs = nowMs()
  console.log(`${marks.tick}${JSON.stringify({ timeMs, count })}`)
  if (count > droppedBefore)
    console.log(JSON.stringify({ kind: 'dropped', timeMs, count: count - droppedBefore }))
  droppedBefore = Math.max(count, droppedBefore)
  sleep(1)
}

export function handleSummary(data: unknown): Record<string, string> {
  return { stdout: `\n${marks.summary}${JSON.stringify(data)}\n` }
}
