import type { ChartData } from '../chart.ts'
import { drawCharts } from './charts.ts'
import { offerCopies } from './copy.ts'
import { openTarget } from './open-target.ts'

const data = JSON.parse(document.getElementById('data')?.textContent ?? 'null') as ChartData | null

offerCopies()
openTarget()
if (data !== null) drawCharts(data)
