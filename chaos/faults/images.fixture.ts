import type Dockerode from 'dockerode'

/**
 * The image for a test: from the environment, else the newest that this machine has made for that purpose, told by
 * its label or its name. `npm test` makes sure that there is one.
 */
export async function newestImage(docker: Dockerode, name: 'node' | 'toxiproxy'): Promise<string> {
  const variable = `SEAWALL_IMAGE_${name.toUpperCase()}`
  const given = process.env[variable]
  if (given !== undefined && given !== '') return given
  const images = await docker.listImages()
  const [newest] = images
    .filter(({ Labels, RepoTags }) => {
      const named = (RepoTags ?? []).some((tag) => tag.startsWith(`seawall/${name}:`))
      return named || Labels?.['seawall.image'] === name
    })
    .toSorted((one, other) => other.Created - one.Created)
  if (newest !== undefined) return newest.Id
  throw new Error(`no image for ${name} is here; run \`npm run seawall setup\`, or name one in ${variable}`)
}
