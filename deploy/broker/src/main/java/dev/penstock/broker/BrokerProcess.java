package dev.penstock.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs an {@link EmbeddedBroker} as a process of its own, until the process is told to end. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description = "Runs a Kafka broker on loopback until it is told to end.")
public final class BrokerProcess implements Callable<Integer> {

  @Option(
      names = "--directory",
      description = "where the broker keeps its data, kept (default: a temporary one)")
  private Optional<Path> directory = Optional.empty();

  @Option(names = "--port", defaultValue = "0", description = "loopback port; 0: a free one")
  private int port;

  @Option(
      names = "--users",
      description = "properties file name=password: clients must log in over SASL/PLAIN")
  private Optional<Path> users = Optional.empty();

  private final CountDownLatch ended = new CountDownLatch(1);

  public static void main(String[] args) {
    System.exit(new CommandLine(new BrokerProcess()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    BrokerOptions options = new BrokerOptions(directory, port, BrokerOptions.DEFAULT.users());
    if (users.isPresent()) {
      options = withUsers(options, users.get());
    }
    EmbeddedBroker broker = EmbeddedBroker.start(options);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
    System.out.println(broker.bootstrapServers());
    ended.await();
    return CommandLine.ExitCode.OK;
  }

  private static BrokerOptions withUsers(BrokerOptions options, Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    BrokerOptions result = options;
    for (String user : properties.stringPropertyNames()) {
      result = result.withUser(user, properties.getProperty(user));
    }
    return result;
  }
}
