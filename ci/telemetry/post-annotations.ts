import type { GrafanaAnnotation } from '../../reports/annotations.ts'

/** A Grafana, and the token of a service account that may write annotations there. */
export interface GrafanaPlace {
  readonly url: string
  readonly token?: string
}

const giveUpMs = 5_000

/** The place that the environment names: SEAWALL_GRAFANA_URL, SEAWALL_GRAFANA_TOKEN; undefined if it names none. */
export function grafanaOf(env: Readonly<Record<string, string | undefined>>): GrafanaPlace | undefined {
  const { SEAWALL_GRAFANA_URL: url, SEAWALL_GRAFANA_TOKEN: token } = env
  if (url === undefined || url === '') return undefined
  return { url: url.replace(/\/+$/, ''), ...(token === undefined ? {} : { token }) }
}

/**
 * Posts annotations one after the other, and stops at the first that is not taken. Gives what went wrong in words, or
 * undefined; a run never fails for it. The token is in no word of it.
 */
export async function postAnnotations(
  { url, token }: GrafanaPlace,
  annotations: readonly GrafanaAnnotation[],
): Promise<string | undefined> {
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  let taken = 0
  const left = () => `Grafana took ${taken} of ${annotations.length} annotations`
  for (const annotation of annotations) {
    try {
      const body = JSON.stringify(annotation)
      const signal = AbortSignal.timeout(giveUpMs)
      const answer = await fetch(`${url}/api/annotations`, { method: 'POST', headers, body, signal })
      await answer.body?.cancel()
      if (!answer.ok) return `${left()}: it answered ${answer.status}`
      taken += 1
    } catch (error) {
      return `${left()}: ${error instanceof Error ? error.message : error}`
    }
  }
  return undefined
}
