import type uPlot from 'uplot'
import type { ChartData } from '../chart.ts'
import { colorOf } from './colors.ts'

/** Draws the faults behind the lines as the history shows them, and where the phases of the run began. */
export function bandsPlugin(data: ChartData, named: boolean): uPlot.Plugin {
  return {
    hooks: {
      drawClear: (plot) => drawBands(plot, data),
      draw: (plot) => {
        drawPhases(plot, data, named)
        if (named) drawNames(plot, data)
      },
    },
  }
}

function drawBands(plot: uPlot, data: ChartData): void {
  const { ctx, bbox } = plot
  const band = colorOf('band')
  ctx.save()
  clip(plot)
  for (const fault of data.faults) {
    const from = fault.injectingMs ?? fault.injectedMs
    if (from === undefined) continue
    const to = fault.healedMs ?? data.bins * data.binSeconds * 1_000
    const left = pixel(plot, from)
    const felt = fault.feltMs === undefined ? undefined : pixel(plot, fault.feltMs)
    const width = Math.max(2, pixel(plot, to) - left)
    ctx.fillStyle = `rgba(${band}, 0.05)`
    ctx.fillRect(left, bbox.top, width, bbox.height)
    if (felt !== undefined) {
      ctx.fillRect(felt, bbox.top, Math.max(2, left + width - felt), bbox.height)
      edge(plot, felt, `rgba(${band}, 0.9)`, [])
    }
    edge(plot, left, `rgba(${band}, 0.7)`, [3, 3])
  }
  ctx.restore()
}

function drawPhases(plot: uPlot, data: ChartData, named: boolean): void {
  const { ctx, bbox } = plot
  ctx.save()
  clip(plot)
  ctx.fillStyle = colorOf('quiet')
  ctx.font = fontOf()
  ctx.textAlign = 'left'
  let free = bbox.left
  for (const { phase, timeMs } of data.phases) {
    const left = pixel(plot, timeMs)
    edge(plot, left, colorOf('line'), [])
    // Phases that follow each other at once would write over each other: only those with room are named.
    if (!named || left < free) continue
    ctx.fillText(phase, left + 4 * devicePixelRatio, bbox.top + bbox.height - 6 * devicePixelRatio)
    free = left + ctx.measureText(phase).width + 8 * devicePixelRatio
  }
  ctx.restore()
}

function drawNames(plot: uPlot, data: ChartData): void {
  const { ctx, bbox } = plot
  ctx.save()
  clip(plot)
  ctx.fillStyle = `rgb(${colorOf('band')})`
  ctx.font = fontOf()
  ctx.textAlign = 'left'
  for (const [index, fault] of data.faults.entries()) {
    const from = fault.injectingMs ?? fault.injectedMs
    if (from === undefined) continue
    // Faults that overlap in time are named below each other.
    const line = 1 + (index % 3)
    ctx.fillText(
      fault.fault,
      pixel(plot, from) + 4 * devicePixelRatio,
      bbox.top + line * 13 * devicePixelRatio,
    )
  }
  ctx.restore()
}

function pixel(plot: uPlot, timeMs: number): number {
  return plot.valToPos(timeMs / 1_000, 'x', true)
}

function clip({ ctx, bbox }: uPlot): void {
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
}

function edge({ ctx, bbox }: uPlot, left: number, color: string, dash: number[]): void {
  ctx.beginPath()
  ctx.setLineDash(dash)
  ctx.strokeStyle = color
  ctx.lineWidth = devicePixelRatio
  ctx.moveTo(left, bbox.top)
  ctx.lineTo(left, bbox.top + bbox.height)
  ctx.stroke()
  ctx.setLineDash([])
}

function fontOf(): string {
  return `${11 * devicePixelRatio}px system-ui, sans-serif`
}
