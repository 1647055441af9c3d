package dev.penstock.cli.cluster;

import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.JavaProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Kafka broker as a process of this machine. */
final class LocalBroker {

  private static final int START_SECONDS = 60;

  private final Path directory;
  private final int port;

  /**
   * A broker that does not run yet.
   *
   * @param directory for its data, which a later process takes up, and its log
   * @param port loopback port of the clients' listener
   */
  LocalBroker(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** {@code host:port} for {@code bootstrap.servers}. */
  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Starts the process. */
  Process start() {
    return new JavaProcess("broker", directory, Distribution.current())
        .jvm("-Xmx512m")
        .args("--directory", directory.resolve("kafka").toString())
        .args("--port", String.valueOf(port))
        .start("cli", "dev.penstock.broker.BrokerProcess");
  }

  /** Waits until the process accepts clients. */
  void awaitReady(Process broker) throws InterruptedException {
    for (int tenth = 0; tenth < START_SECONDS * 10; tenth++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        if (!broker.isAlive()) {
          throw new IllegalStateException("Broker ended with status " + broker.exitValue(), e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IllegalStateException("Broker must accept clients within " + START_SECONDS + " s");
  }
}
