import type uPlot from 'uplot'
import type { ChartData } from '../chart.ts'

/**
 * One cursor for all charts, for pointer and keyboard alike: the slider is the charts' cursor, and its text says in
 * words what the charts show there.
 */
export function cursorOf(data: ChartData, plots: readonly uPlot[]): void {
  const slider = document.getElementById('moment') as HTMLInputElement
  const readout = document.getElementById('readout') as HTMLOutputElement
  const say = (bin: number) => {
    const text = describe(data, bin)
    readout.textContent = text
    slider.setAttribute('aria-valuetext', text)
  }
  slider.addEventListener('input', () => {
    const bin = slider.valueAsNumber
    for (const plot of plots) {
      plot.setCursor({ left: plot.valToPos(bin * data.binSeconds, 'x'), top: 0 }, false)
      plot.setLegend({ idx: bin }, false)
    }
    say(bin)
  })
  for (const plot of plots) {
    plot.over.addEventListener('mousemove', () => {
      const bin = plot.cursor.idx
      if (bin === null || bin === undefined) return
      slider.value = String(bin)
      say(bin)
    })
  }
  say(0)
}

function describe(data: ChartData, bin: number): string {
  const second = bin * data.binSeconds
  const [rates, times] = data.charts
  const parts = [...(rates?.lines ?? []), ...(times?.lines ?? [])].flatMap(({ name, values }) => {
    const value = values[bin]
    return value === null || value === undefined || value === 0
      ? []
      : [`${name} ${value.toLocaleString('en-US')}`]
  })
  return [`${second} s`, ...parts, ...activeFaults(data, second * 1_000)].join(' · ')
}

function activeFaults(data: ChartData, timeMs: number): string[] {
  const binMs = data.binSeconds * 1_000
  return data.faults
    .filter(({ injectedMs, healedMs }) => {
      return (
        injectedMs !== undefined &&
        injectedMs < timeMs + binMs &&
        (healedMs ?? Number.POSITIVE_INFINITY) > timeMs
      )
    })
    .map(({ fault, kind, target }) => `fault ${fault} ${kind} on ${target}`)
}
