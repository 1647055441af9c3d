# A trainer worker on the CPU. For GPUs take a CUDA runtime image with a JRE as JAVA_IMAGE, and see
# docs/workers.md for the engine's natives.
# Build from the repository's root after `mvn -DskipTests package`:
#   docker build -f deploy/docker/worker.Dockerfile -t penstock-worker .
ARG JAVA_IMAGE=eclipse-temurin:17-jre
FROM ${JAVA_IMAGE}

RUN useradd --create-home --uid 10001 penstock
COPY deploy/target/penstock/lib/worker /opt/penstock/lib/worker
COPY deploy/target/penstock/lib/native /opt/penstock/lib/native
COPY deploy/conf/log4j2-console.properties /opt/penstock/conf/log4j2.properties

USER penstock
ENV DJL_CACHE_DIR=/home/penstock/djl
# exec form: SIGTERM reaches the worker, which gives its task back at once.
ENTRYPOINT ["java", "-Xmx256m", "-Dai.djl.offline=true", \
    "-Dlog4j2.configurationFile=/opt/penstock/conf/log4j2.properties", \
    "-cp", "/opt/penstock/lib/worker/*:/opt/penstock/lib/native/*", \
    "dev.penstock.worker.TrainerWorker"]
