package dev.penstock.schemas.topic;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How to reach Kafka. Its text form hides secrets.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties further client properties, such as {@code security.protocol}
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> properties)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private static final Pattern SECRET =
      Pattern.compile(".*(password|secret|token|jaas).*", Pattern.CASE_INSENSITIVE);

  public KafkaSettings {
    requireNonNull(bootstrapServers, "bootstrap-servers is null");
    properties = Map.copyOf(properties);
  }

  /** All as client properties. */
  public Map<String, Object> clientProperties() {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }

  /** The properties, sorted, with {@code ***} for values that nobody else should see. */
  public Map<String, String> masked() {
    Map<String, String> masked = new TreeMap<>(properties);
    masked.replaceAll((key, value) -> SECRET.matcher(key).matches() ? "***" : value);
    return masked;
  }

  @Override
  public String toString() {
    return bootstrapServers + " " + masked();
  }
}
