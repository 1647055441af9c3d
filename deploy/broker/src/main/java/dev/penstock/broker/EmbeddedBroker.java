package dev.penstock.broker;

import dev.penstock.kafka.TopicAdmin;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker (KRaft, one node) in this JVM, on loopback: the real thing, not an imitation.
 *
 * <pre>{@code
 * try (EmbeddedBroker broker = EmbeddedBroker.start()) {
 *   broker.createTopic("samples", 8);
 *   KafkaProducer<byte[], byte[]> producer = broker.producer();
 * }
 * }</pre>
 *
 * <p>Time does not delete records ({@code log.retention.ms=-1}) and topics are not created by use.
 */
public final class EmbeddedBroker implements AutoCloseable {

  /** Somebody may take a free port before Kafka binds it. */
  private static final int ATTEMPTS = 3;

  private final BrokerOptions options;
  private final Path directory;
  private final int port;
  private final int controllerPort;
  private KafkaRaftServer server;
  private boolean running = true;

  private EmbeddedBroker(
      BrokerOptions options, Path directory, int port, int controllerPort, KafkaRaftServer server) {
    this.options = options;
    this.directory = directory;
    this.port = port;
    this.controllerPort = controllerPort;
    this.server = server;
  }

  /** Starts a broker on a free port with a temporary directory, open to anyone. */
  public static EmbeddedBroker start() {
    return start(BrokerOptions.DEFAULT);
  }

  /**
   * Starts a broker and returns when it accepts clients. A directory that an earlier broker wrote
   * is taken up as it was left.
   *
   * @throws IllegalStateException if it does not start, such as on a port that is taken
   */
  public static EmbeddedBroker start(BrokerOptions options) {
    Path directory = options.directory().orElseGet(EmbeddedBroker::temporaryDirectory);
    int attempts = options.port() == 0 ? ATTEMPTS : 1;
    try {
      for (int attempt = 1; ; attempt++) {
        int port = options.port() == 0 ? Ports.free() : options.port();
        int controllerPort = Ports.free();
        try {
          KafkaRaftServer server = startServer(directory, port, controllerPort, options);
          return new EmbeddedBroker(options, directory, port, controllerPort, server);
        } catch (IllegalStateException e) {
          if (attempt == attempts) {
            throw e;
          }
        }
      }
    } catch (RuntimeException e) {
      if (options.directory().isEmpty()) {
        delete(directory);
      }
      throw e;
    }
  }

  /** {@code host:port} for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return BrokerConfig.address(port);
  }

  /** Port of the clients' listener. */
  public int port() {
    return port;
  }

  /** Where the broker keeps its data. */
  public Path directory() {
    return directory;
  }

  /**
   * Client properties to connect with: bootstrap servers and, with users, the first one's login.
   */
  public Map<String, String> clientProperties() {
    Map<String, String> properties = new TreeMap<>(loginProperties());
    properties.put("bootstrap.servers", bootstrapServers());
    return properties;
  }

  /** How to connect: bootstrap servers and, with users, the first one's login. */
  public KafkaSettings settings() {
    return new KafkaSettings(bootstrapServers(), loginProperties());
  }

  /** A client that writes bytes; it is the caller's to close. */
  public KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.copyOf(clientProperties()), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Creates a topic that keeps its records for ever; fails if it exists. */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /** Creates a topic with topic configs; fails if it exists. */
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    try (TopicAdmin admin = new TopicAdmin(settings())) {
      admin.createNew(name, partitions, configs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while creating topic " + name, e);
    }
  }

  /** Stops the broker and keeps its port's number and data for {@link #resume}. */
  public void pause() {
    if (running) {
      running = false;
      server.shutdown();
      server.awaitShutdown();
    }
  }

  /** Starts a paused broker again: same port, same data. */
  public void resume() {
    if (!running) {
      server = startServer(directory, port, controllerPort, options);
      running = true;
    }
  }

  /** Stops the broker and frees its port; a temporary directory is deleted. */
  @Override
  public void close() {
    pause();
    if (options.directory().isEmpty()) {
      delete(directory);
    }
  }

  private Map<String, String> loginProperties() {
    return new TreeMap<>(options.users())
        .entrySet().stream()
            .findFirst()
            .map(user -> BrokerConfig.login(user.getKey(), user.getValue()))
            .orElse(Map.of());
  }

  private static KafkaRaftServer startServer(
      Path directory, int port, int controllerPort, BrokerOptions options) {
    format(directory);
    KafkaConfig config =
        new KafkaConfig(
            BrokerConfig.server(directory, port, controllerPort, options), /* doLog= */ false);
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      server.awaitShutdown();
      throw new IllegalStateException(
          "Broker did not start on " + BrokerConfig.address(port) + " with data in " + directory,
          e);
    }
  }

  private static void format(Path directory) {
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(
                    OutputStream.nullOutputStream(),
                    /* autoFlush= */ false,
                    StandardCharsets.UTF_8))
            .setIgnoreFormatted(true)
            .setNodeId(BrokerConfig.NODE_ID)
            .setClusterId(clusterId(directory))
            .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
            .setMetadataLogDirectory(directory.toString())
            .setDirectories(new TreeSet<>(List.of(directory.toString())));
    try {
      formatter.run();
    } catch (Exception e) {
      throw new IllegalStateException("Directory " + directory + " was not formatted", e);
    }
  }

  /** A formatted directory knows its cluster: a broker with another id would refuse it. */
  private static String clusterId(Path directory) {
    Path properties = directory.resolve("meta.properties");
    if (!Files.exists(properties)) {
      return Uuid.randomUuid().toString();
    }
    try (Stream<String> lines = Files.lines(properties)) {
      return lines
          .filter(line -> line.startsWith("cluster.id="))
          .map(line -> line.substring("cluster.id=".length()))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("No cluster.id in " + properties));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("penstock-broker");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try {
      FileUtils.deleteDirectory(directory.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
