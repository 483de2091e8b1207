import type { Door } from './front-door.ts'
import type { VirtualTime } from './virtual-time.ts'

// 200 ms: how long a load balancer goes on sending to a replica that has just become unready.
const healthCheckEveryMs = 200

/** Who goes to which door. Without health checks clients go where they want; with them, only to doors that are ready. */
export class Balancer {
  readonly doors: Door[] = []
  readonly #ready = new Set<Door>()

  beginChecks(time: VirtualTime): void {
    this.#ready.clear()
    for (const door of this.doors) if (door.isReady()) this.#ready.add(door)
    time.after(healthCheckEveryMs, () => this.beginChecks(time))
  }

  /** The door that was asked for, or the next one that is ready; all are, where nobody looks. */
  doorFor(asked: number): Door {
    const inTurn = this.doors.map((_, at) => this.doors[(asked + at) % this.doors.length] as Door)
    return inTurn.find((door) => this.#ready.has(door)) ?? (inTurn[0] as Door)
  }
}
