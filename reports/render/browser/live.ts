import type { LiveEnd, LiveMessage, LivePoint } from '../../live/live-message.ts'

/** Five minutes at two moments a second: the charts move on, however long the run is. */
const keptMax = 600
const width = 600
const height = 120

const kept: LiveMessage['points'][] = []
const events = new EventSource('/events')
events.addEventListener('moment', ({ data }) => show(JSON.parse(data) as LiveMessage))
events.addEventListener('end', ({ data }) => end(JSON.parse(data) as LiveEnd))
events.addEventListener('error', () => end(undefined))

function show({ phase, seconds, rows, points }: LiveMessage): void {
  // Written only when it changes: a screen reader says each phase once.
  if (byId('phase').textContent !== phase) write('phase', phase)
  write('seconds', `${seconds} s`)
  byId('rows').replaceChildren(
    ...rows.flatMap(([name, text]) => [
      filled(document.createElement('dt'), name),
      filled(document.createElement('dd'), text),
    ]),
  )
  kept.push(points)
  if (kept.length > keptMax) kept.shift()
  for (const chart of document.querySelectorAll<SVGSVGElement>('.moments svg')) draw(chart)
}

/** undefined: the run's process is gone, and nobody said what it came to. */
function end(what: LiveEnd | undefined): void {
  events.close()
  const verdict = what?.verdict ?? 'unknown'
  byId('answer').className = `answer ${verdict}`
  write('badge', what === undefined ? 'gone' : verdict)
  write('phase', what?.sentence ?? 'The run is gone and did not say what it came to.')
  write('seconds', '')
  byId('report').hidden = what === undefined
  write('report-path', what?.report ?? '')
}

function draw(chart: SVGSVGElement): void {
  const lines = [...chart.querySelectorAll<SVGPolylineElement>('polyline')]
  const valuesOf = (line: SVGPolylineElement) => kept.map((points) => points[line.dataset.point as LivePoint])
  const max = Math.max(1, ...lines.flatMap(valuesOf).map((value) => value ?? 0))
  for (const line of lines) line.setAttribute('points', pointsOf(valuesOf(line), max))
  write(`${chart.id}-max`, Math.round(max).toLocaleString('en'))
}

function pointsOf(values: readonly (number | null)[], max: number): string {
  const step = width / Math.max(1, values.length - 1)
  return values
    .flatMap((value, index) =>
      value === null
        ? []
        : [`${(index * step).toFixed(1)},${(height - 4 - ((height - 8) * value) / max).toFixed(1)}`],
    )
    .join(' ')
}

function write(id: string, text: string): void {
  byId(id).textContent = text
}

function filled(element: HTMLElement, text: string): HTMLElement {
  element.textContent = text
  return element
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no element ${id}`)
  return found
}
