import uPlot from 'uplot'
import type { Chart, ChartData } from '../chart.ts'
import { bandsPlugin } from './bands.ts'
import { colorOf, isPrinting, onThemeChange } from './colors.ts'
import { cursorOf } from './cursor.ts'
import { offerNumbers } from './numbers.ts'

// The first two charts are the answer; the readings below them are smaller, two in a row where there is room.
const tallPx = 210
const smallPx = 130
const mainCharts = 2
// A4 with its margins, in CSS pixels: canvases do not reflow on paper.
const printWidthPx = 660

/** Draws all charts of the page, with one cursor for all of them. */
export function drawCharts(data: ChartData): void {
  const frame = document.getElementById('charts')
  const place = document.getElementById('plots')
  if (frame === null || place === null) return
  frame.hidden = false
  document.getElementById('no-charts')?.remove()
  const times = Array.from({ length: data.bins }, (_, bin) => bin * data.binSeconds)
  const plots = data.charts.map((chart, index) => drawChart(chart, data, times, place, index))
  cursorOf(data, plots)
  const last = (data.bins - 1) * data.binSeconds
  if (last > 0)
    for (const plot of plots) plot.setScale('x', { min: data.firstBin * data.binSeconds, max: last })
  offerNumbers(data)
  const resize = (widthPx?: number) => {
    for (const plot of plots) plot.setSize({ width: widthPx ?? widthOf(plot.root), height: plot.height })
  }
  new ResizeObserver(() => {
    if (!isPrinting()) resize()
  }).observe(place)
  onThemeChange(() => {
    for (const plot of plots) plot.redraw(false, true)
  })
  addEventListener('beforeprint', () => resize(printWidthPx))
  addEventListener('afterprint', () => resize())
}

function drawChart(chart: Chart, data: ChartData, times: number[], place: HTMLElement, index: number): uPlot {
  const figure = document.createElement('figure')
  figure.className = index < mainCharts ? 'chart wide' : 'chart'
  const title = document.createElement('h3')
  title.textContent = chart.unit === '' ? chart.title : `${chart.title} (${chart.unit})`
  figure.append(title)
  place.append(figure)
  const axis = {
    stroke: () => colorOf('quiet'),
    grid: { stroke: () => colorOf('line'), width: 1 },
    ticks: { show: false },
  }
  return new uPlot(
    {
      width: widthOf(title),
      height: index < mainCharts ? tallPx : smallPx,
      cursor: { sync: { key: 'run' }, y: false, drag: { x: true, y: false } },
      legend: { live: true },
      scales: { x: { time: false }, y: scaleOf(chart) },
      axes: [
        { ...axis, size: 28, values: (_, splits) => splits.map((second) => `${second} s`) },
        {
          ...axis,
          size: 64,
          values: (_, splits) => splits.map(shortNumber),
          ...(chart.scale === 'log' ? { splits: powersOfTen } : {}),
        },
      ],
      series: [
        { label: 'at', value: (_, second) => (second == null ? '–' : `${second} s`) },
        ...chart.lines.map((line) => ({
          label: line.name,
          stroke: () => colorOf(`series-${line.color}`),
          dash: [...line.dash],
          width: 1.5,
          spanGaps: chart.spanGaps,
          points: { show: false },
          value: (_: uPlot, value: number | null) => (value == null ? '–' : shortNumber(value)),
        })),
      ],
      plugins: [bandsPlugin(data, index === 0)],
    },
    [times, ...chart.lines.map(({ values }) => [...values])],
    figure,
  )
}

/** Linear scales begin at zero, so that a height is an amount. */
function scaleOf(chart: Chart): uPlot.Scale {
  if (chart.scale === 'log') return { distr: 3, log: 10 }
  return { range: (_, __, max) => [0, max > 0 ? max * 1.08 : 1] }
}

function powersOfTen(_: uPlot, __: number, min: number, max: number): number[] {
  const first = Math.ceil(Math.log10(min) - 1e-9)
  const last = Math.floor(Math.log10(max) + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => 10 ** (first + index))
}

function widthOf(element: HTMLElement): number {
  return Math.max(200, element.parentElement?.clientWidth ?? 0)
}

/** 12,300,000 → 12.3M; a log axis leaves some of its labels out. */
function shortNumber(value: number | null): string {
  if (value === null) return ''
  if (Math.abs(value) >= 1e9) return `${Number((value / 1e9).toPrecision(3))}G`
  if (Math.abs(value) >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`
  return Number(value.toPrecision(4)).toLocaleString('en-US')
}
