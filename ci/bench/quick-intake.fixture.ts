import { createServer } from 'node:http'

/** Accepts everything at once, so that what is measured is the client. */
createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(202).end('{}'))
}).listen(8080)
