import type { ChartData } from '../chart.ts'

/** Fills the table behind the charts when it is opened for the first time: it is too long to be there always. */
export function offerNumbers(data: ChartData): void {
  const details = document.getElementById('numbers')
  const place = document.getElementById('numbers-table')
  details?.addEventListener('toggle', () => place?.append(tableOf(data)), { once: true })
}

function tableOf(data: ChartData): HTMLTableElement {
  const lines = data.charts.flatMap((chart) => chart.lines.map((line) => ({ ...line, chart: chart.title })))
  const table = document.createElement('table')
  const head = table.createTHead().insertRow()
  for (const name of ['time', ...lines.map((line) => `${line.chart}: ${line.name}`)]) {
    head.append(headCell(name, 'col'))
  }
  const body = table.createTBody()
  for (let bin = 0; bin < data.bins; bin += 1) {
    const row = body.insertRow()
    row.append(headCell(`${bin * data.binSeconds} s`, 'row'))
    for (const { values } of lines) {
      const cell = row.insertCell()
      cell.className = 'number'
      cell.textContent = values[bin]?.toLocaleString('en-US') ?? '–'
    }
  }
  return table
}

function headCell(text: string, scope: 'col' | 'row'): HTMLTableCellElement {
  const cell = document.createElement('th')
  cell.scope = scope
  cell.textContent = text
  return cell
}
