import type { StartedTestContainer } from 'testcontainers'
import { cpuWeight } from './cpu-weight.ts'
import { hello, untilAnswered } from './greeting.ts'
import { LoopbackContainer } from './loopback-container.ts'

export interface BrokerRecipe {
  readonly image: string
  readonly network: string
  readonly ports: { readonly amqp: number; readonly management: number }
  readonly labels: Readonly<Record<string, string>>
  readonly name: string
  /** A volume for its data. */
  readonly volume?: string
  /** Told as soon as its process runs. */
  readonly onLaunch?: () => void
}

export const brokerData = '/var/lib/rabbitmq'

/** 1 GiB: 500 MiB were seen with 10,000 messages waiting; the broker raises its own alarm below this. */
const memoryBytes = 1024 ** 3

/** RabbitMQ 4 alone, answering AMQP. */
export async function startBroker(recipe: BrokerRecipe): Promise<StartedTestContainer> {
  const { amqp, management } = recipe.ports
  return new LoopbackContainer(recipe.image)
    .withName(recipe.name)
    .join(recipe.network, 'broker')
    .publish([
      { container: 5672, host: amqp },
      { container: 15672, host: management },
    ])
    .withLabels({ ...recipe.labels, 'seawall.name': 'broker' })
    .weigh(cpuWeight.accepting)
    .keepDataOn(recipe.volume, brokerData)
    .limitMemory(memoryBytes)
    .onLaunch(recipe.onLaunch ?? (() => undefined))
    .withWaitStrategy(untilAnswered(amqp, hello.amqp, 120_000))
    .start()
}
