package dev.penstock.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Configuration of a Flink cluster on loopback.
 *
 * @param directory of the cluster
 * @param restPort of REST and the web UI
 * @param rpcPort of the JobManager
 * @param slots of each TaskManager
 */
record FlinkConfig(Path directory, int restPort, int rpcPort, int slots) {

  /** Writes {@code conf/config.yaml} and returns its folder. */
  Path write() throws IOException {
    Path conf = Files.createDirectories(directory.resolve("conf"));
    Files.createDirectories(directory.resolve("tmp"));
    Files.createDirectories(directory.resolve("upload"));
    Files.createDirectories(directory.resolve("checkpoints"));
    Files.writeString(conf.resolve("config.yaml"), text());
    return conf;
  }

  private String text() {
    return """
    jobmanager:
      bind-host: 127.0.0.1
      rpc:
        address: 127.0.0.1
        port: %d
      memory:
        process:
          size: 1024m
    rest:
      address: 127.0.0.1
      bind-address: 127.0.0.1
      port: %d
    taskmanager:
      bind-host: 127.0.0.1
      host: 127.0.0.1
      numberOfTaskSlots: %d
      memory:
        process:
          size: 1536m
        managed:
          size: 256m
        network:
          min: 64m
          max: 128m
    web:
      submit:
        enable: true
      cancel:
        enable: true
      upload:
        dir: %s
      tmpdir: %s
    io:
      tmp:
        dirs: %s
    heartbeat:
      interval: 1000
      timeout: 8000
    restart-strategy:
      type: fixed-delay
      fixed-delay:
        attempts: 1000
        delay: 1 s
    execution:
      checkpointing:
        dir: %s
        interval: 1 s
    """
        .formatted(
            rpcPort,
            restPort,
            slots,
            directory.resolve("upload"),
            directory.resolve("tmp"),
            directory.resolve("tmp"),
            directory.resolve("checkpoints").toUri());
  }
}
