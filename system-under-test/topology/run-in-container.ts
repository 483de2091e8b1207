import type Dockerode from 'dockerode'

/**
 * Runs a command inside a container and gives what it printed on both streams.
 * Throws with the exit code and the end of the output if it fails.
 */
export async function runInContainer(
  container: Dockerode.Container,
  argv: readonly string[],
): Promise<string> {
  const exec = await container.exec({ Cmd: [...argv], AttachStdout: true, AttachStderr: true, Tty: true })
  const stream = await exec.start({ Tty: true })
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  const output = Buffer.concat(chunks).toString('utf8')
  const { ExitCode: code } = await exec.inspect()
  if (code !== 0) {
    throw new Error(
      `\`${argv.join(' ')}\` exited with ${code} in ${container.id.slice(0, 12)}: ${output.slice(-400)}`,
    )
  }
  return output
}
