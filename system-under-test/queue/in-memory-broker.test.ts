import { realClock } from '../clock.ts'
import { describeBroker } from './broker.contract.ts'
import { InMemoryBroker } from './in-memory-broker.ts'

const broker = new InMemoryBroker({ clock: realClock })
describeBroker('the in-memory broker', () => broker)
