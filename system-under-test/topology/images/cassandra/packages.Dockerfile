# Cassandra from its Maven artifacts (jars.sha256 locks them) on Debian's Java 17, the newest that Cassandra 5.0 knows.
# Maven and the folder host/ stay in the first stage; the second is flattened.
ARG BASE
FROM ${BASE} AS jars
COPY host/ /host/
RUN . /host/env.sh && apt-get update && apt-get install -y --no-install-recommends ca-certificates maven openjdk-17-jre-headless
RUN sh /host/trust.sh
WORKDIR /build
COPY pom.xml jars.sha256 ./
RUN . /host/env.sh && mvn -B -q ${MAVEN_ARGS} dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=lib
RUN cd lib && sha256sum --check --quiet ../jars.sha256 && ls | wc -l | grep -qx "$(wc -l <../jars.sha256)" \
    && rm -f *-osx-*.jar *-windows-*.jar

FROM ${BASE} AS java
COPY host/ /host/
RUN . /host/env.sh && apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists /var/cache/apt/*.bin /host \
    && useradd --system --uid 999 --home-dir /var/lib/cassandra cassandra
COPY --from=jars /build/lib /opt/cassandra/lib

FROM scratch
COPY --from=java / /
