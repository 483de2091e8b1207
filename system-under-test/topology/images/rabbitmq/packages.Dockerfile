# RabbitMQ from Debian's packages, flattened so that nothing of host/ is in the image.
ARG BASE
FROM ${BASE} AS build
COPY host/ /host/
RUN . /host/env.sh && apt-get update \
    && apt-get install -y --no-install-recommends rabbitmq-server \
    && rm -rf /var/lib/apt/lists /var/cache/apt/*.bin /host /var/lib/rabbitmq/.erlang.cookie /var/lib/rabbitmq/mnesia

FROM scratch
COPY --from=build / /
