# Flink with the training and evaluation jobs, for application and session clusters.
# Build from the repository's root after `mvn -DskipTests package`:
#   docker build -f deploy/docker/flink.Dockerfile -t penstock-flink .
ARG FLINK_IMAGE=flink:2.2.1-java17
FROM ${FLINK_IMAGE}

# DJL's natives can be loaded once a process, not once a job: they belong into lib, not into the jar.
COPY deploy/target/penstock/lib/flink/api-*.jar \
     deploy/target/penstock/lib/flink/pytorch-*.jar \
     deploy/target/penstock/lib/flink/gson-*.jar \
     deploy/target/penstock/lib/flink/jna-*.jar \
     deploy/target/penstock/lib/native/pytorch-native-*.jar \
     /opt/flink/lib/
COPY deploy/target/penstock/jobs/penstock-jobs.jar /opt/flink/usrlib/penstock-jobs.jar

# The natives are unpacked here at the first scoring; 450 MB.
ENV DJL_CACHE_DIR=/tmp/djl \
    OMP_NUM_THREADS=1
