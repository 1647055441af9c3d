package dev.penstock.schemas.topic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The arguments of every main that talks to Kafka. */
public final class KafkaOptions {

  private static final String PREFIX = "--kafka.";

  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, several separated by commas")
  private String bootstrapServers = "";

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description =
          "further client property, such as security.protocol=SASL_SSL; also written"
              + " --kafka.KEY=VALUE")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--topic-prefix",
      defaultValue = "",
      paramLabel = "PREFIX",
      description = "put before the names of Penstock's own topics")
  private String topicPrefix = "";

  /** How to reach Kafka. */
  public KafkaSettings settings() {
    return new KafkaSettings(bootstrapServers, properties);
  }

  /** Names of Penstock's topics. */
  public Topics topics() {
    return new Topics(topicPrefix);
  }

  /** Rewrites {@code --kafka.KEY=VALUE} to the form that the parser knows. */
  public static String[] normalize(String... args) {
    return Stream.of(args)
        .flatMap(
            arg ->
                arg.startsWith(PREFIX) && arg.contains("=")
                    ? Stream.of("--kafka", arg.substring(PREFIX.length()))
                    : Stream.of(arg))
        .toArray(String[]::new);
  }
}
