package dev.penstock.cli.bench;

import dev.penstock.datagen.produce.SampleProducer;
import dev.penstock.datagen.produce.SampleProducer.PartitionBy;
import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Recorded samples in a topic of one partition, so that they lie in their order.
 *
 * @param dataset whose topic they are in
 * @param samples number of them
 */
record RecordedTopic(DatasetSpec dataset, long samples) {

  /**
   * Writes a topic.
   *
   * @param files folder of the recordings
   * @param most samples at most
   */
  static RecordedTopic write(
      KafkaSettings kafka, DatasetDeclaration declaration, Path files, long most)
      throws IOException, InterruptedException {
    DatasetSpec spec = Recordings.describe(declaration, files);
    try (SampleReader reader = Recordings.open(spec, files);
        SampleProducer producer =
            SampleProducer.open(kafka, spec.topic(), /* partitions= */ 1, PartitionBy.ROW)) {
      while (producer.sent() < most && reader.next()) {
        producer.send(reader);
      }
      producer.flush();
      return new RecordedTopic(spec, producer.sent());
    }
  }
}
