/** An observation: a container ended though nobody had asked for it; the value is its exit code. */
export const endedByItself = 'ended-by-itself'
/** An observation: so many containers were watched for that, until the system had settled. */
export const watchedForEnds = 'watched-for-ends'
