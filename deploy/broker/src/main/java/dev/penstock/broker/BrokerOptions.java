package dev.penstock.broker;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an {@link EmbeddedBroker} is started.
 *
 * @param directory where the broker keeps its data, kept on close; empty: a temporary one, deleted
 *     on close
 * @param port loopback port of the clients' listener; 0: a free one
 * @param users name to password of those who may connect, over SASL/PLAIN; empty: anyone may
 */
public record BrokerOptions(Optional<Path> directory, int port, Map<String, String> users) {

  /** A temporary directory, a free port, no authentication. */
  public static final BrokerOptions DEFAULT = new BrokerOptions(Optional.empty(), 0, Map.of());

  private static final int MAX_PORT = 65_535;

  public BrokerOptions {
    requireNonNull(directory, "directory is null");
    users = Map.copyOf(users);
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port must be in [0, 65535], got " + port);
    }
    for (Map.Entry<String, String> user : users.entrySet()) {
      if ((user.getKey() + user.getValue()).matches(".*[\"\\\\;\\s].*")) {
        throw new IllegalArgumentException(
            "user names and passwords must be free of quotes, backslashes, semicolons and blanks,"
                + " got user "
                + user.getKey());
      }
    }
  }

  /** The same with its data in {@code newDirectory}. */
  public BrokerOptions in(Path newDirectory) {
    return new BrokerOptions(Optional.of(newDirectory), port, users);
  }

  /** The same on {@code newPort}. */
  public BrokerOptions on(int newPort) {
    return new BrokerOptions(directory, newPort, users);
  }

  /** The same with one more user; from the first one on, clients must authenticate. */
  public BrokerOptions withUser(String name, String password) {
    Map<String, String> more = new TreeMap<>(users);
    more.put(name, password);
    return new BrokerOptions(directory, port, more);
  }
}
