# The node binary that npm brought, over Debian; without npm, since nothing is installed inside a container.
ARG BASE
FROM ${BASE}
COPY node /usr/local/bin/
RUN chmod 0755 /usr/local/bin/node
