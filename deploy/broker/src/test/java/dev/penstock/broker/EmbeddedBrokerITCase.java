package dev.penstock.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerITCase {

  private static final Duration WAIT = Duration.ofSeconds(30);

  @Test
  void keepsRecordsAndFreesPortAndFilesOnClose()
      throws ExecutionException, InterruptedException, IOException {
    EmbeddedBroker broker = EmbeddedBroker.start();
    try (broker) {
      broker.createTopic("samples", 2);

      send(broker, "a", "b");

      assertThat(read(broker, 2)).containsExactly("a", "b");
      assertThatThrownBy(() -> broker.createTopic("samples", 2))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Topic samples was not created");
    }

    assertThat(broker.directory()).doesNotExist();
    assertPortIsFree(broker.port());
  }

  @Test
  void resumesOnTheSamePortWithItsRecords() throws ExecutionException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("samples", 1);
      send(broker, "before");

      broker.pause();
      broker.resume();
      send(broker, "after");

      assertThat(read(broker, 2)).containsExactly("before", "after");
    }
  }

  @Test
  void takesUpAGivenDirectory(@TempDir Path directory)
      throws ExecutionException, InterruptedException {
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.DEFAULT.in(directory))) {
      port = broker.port();
      broker.createTopic("samples", 1);
      send(broker, "first");
    }

    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerOptions.DEFAULT.in(directory).on(port))) {
      assertThat(broker.port()).isEqualTo(port);
      assertThat(read(broker, 1)).containsExactly("first");
    }
    assertThat(directory).isNotEmptyDirectory();
  }

  @Test
  void letsOnlyItsUsersIn() throws ExecutionException, InterruptedException {
    BrokerOptions options = BrokerOptions.DEFAULT.withUser("alice", "alice-secret");
    try (EmbeddedBroker broker = EmbeddedBroker.start(options)) {
      broker.createTopic("samples", 1);
      send(broker, "a");
      assertThat(read(broker, 1)).containsExactly("a");

      Map<String, Object> wrong = new HashMap<>(broker.clientProperties());
      wrong.putAll(BrokerConfig.login("alice", "wrong"));
      try (Admin admin = Admin.create(wrong)) {
        assertThatThrownBy(() -> admin.listTopics().names().get())
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(SaslAuthenticationException.class);
      }
    }
  }

  @Test
  void saysWhichPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BrokerOptions options = BrokerOptions.DEFAULT.on(taken.getLocalPort());

      assertThatThrownBy(() -> EmbeddedBroker.start(options))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  private static void send(EmbeddedBroker broker, String... values)
      throws InterruptedException, ExecutionException {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.copyOf(broker.clientProperties()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>("samples", 0, "", value)).get();
      }
    }
  }

  private static List<String> read(EmbeddedBroker broker, int count) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.copyOf(broker.clientProperties()),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition("samples", 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<String> values = new ArrayList<>();
      long end = System.nanoTime() + WAIT.toNanos();
      while (values.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }

  private static void assertPortIsFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.getLocalPort()).isEqualTo(port);
    }
  }
}
