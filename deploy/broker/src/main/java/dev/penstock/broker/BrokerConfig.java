package dev.penstock.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Server properties of a single-node KRaft broker on loopback. */
final class BrokerConfig {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String HOST = "127.0.0.1";
  private static final String CLIENT_LISTENER = "CLIENT";
  private static final String PLAIN_LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";
  private static final String BROKER_USER = "penstock-broker";

  private BrokerConfig() {}

  static Map<String, String> server(
      Path data, int port, int controllerPort, BrokerOptions options) {
    Map<String, String> config = new TreeMap<>(singleNode());
    config.put("log.dirs", data.toString());
    config.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
    config.put(
        "listeners",
        CLIENT_LISTENER
            + "://"
            + address(port)
            + ","
            + CONTROLLER_LISTENER
            + "://"
            + address(controllerPort));
    config.put("advertised.listeners", CLIENT_LISTENER + "://" + address(port));
    String protocol = options.users().isEmpty() ? "PLAINTEXT" : "SASL_PLAINTEXT";
    config.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":" + protocol + "," + CONTROLLER_LISTENER + ":PLAINTEXT");
    if (!options.users().isEmpty()) {
      config.putAll(authentication(options.users()));
    }
    return config;
  }

  static String address(int port) {
    return HOST + ":" + port;
  }

  /** What a Kafka client needs to log in as {@code user}. */
  static Map<String, String> login(String user, String password) {
    return Map.of(
        "security.protocol", "SASL_PLAINTEXT",
        "sasl.mechanism", "PLAIN",
        "sasl.jaas.config", PLAIN_LOGIN + credentials(user, password) + ";");
  }

  private static Map<String, String> singleNode() {
    Map<String, String> config = new TreeMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", String.valueOf(NODE_ID));
    config.put("controller.listener.names", CONTROLLER_LISTENER);
    config.put("inter.broker.listener.name", CLIENT_LISTENER);
    config.put("auto.create.topics.enable", "false");
    config.put("group.initial.rebalance.delay.ms", "0");
    // Replayed event times may be years old: retention by time would delete them within minutes.
    config.put("log.retention.ms", "-1");
    // The default of 128 MiB is taken at the start, for compaction of which there is little here.
    config.put("log.cleaner.dedupe.buffer.size", "20971520");
    config.put("offsets.topic.replication.factor", "1");
    config.put("offsets.topic.num.partitions", "4");
    config.put("transaction.state.log.replication.factor", "1");
    // A local stack may be ended for days with a transaction that is to be committed.
    config.put("transaction.max.timeout.ms", String.valueOf(Duration.ofDays(20).toMillis()));
    config.put("transactional.id.expiration.ms", String.valueOf(Integer.MAX_VALUE));
    config.put("transaction.state.log.min.isr", "1");
    config.put("transaction.state.log.num.partitions", "4");
    config.put("share.coordinator.state.topic.replication.factor", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    config.put("share.coordinator.state.topic.num.partitions", "4");
    return config;
  }

  private static Map<String, String> authentication(Map<String, String> users) {
    // The broker is a client of itself; nobody else can know this password.
    String own = UUID.randomUUID().toString();
    StringBuilder login = new StringBuilder(PLAIN_LOGIN).append(credentials(BROKER_USER, own));
    login.append(" user_").append(BROKER_USER).append("=\"").append(own).append('"');
    users.forEach(
        (name, password) ->
            login.append(" user_").append(name).append("=\"").append(password).append('"'));
    return Map.of(
        "sasl.enabled.mechanisms",
        "PLAIN",
        "sasl.mechanism.inter.broker.protocol",
        "PLAIN",
        "listener.name.client.plain.sasl.jaas.config",
        login.append(';').toString());
  }

  private static String credentials(String user, String password) {
    return " username=\"" + user + "\" password=\"" + password + "\"";
  }
}
