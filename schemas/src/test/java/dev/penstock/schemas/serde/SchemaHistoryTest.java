package dev.penstock.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.Prediction;
import dev.penstock.schemas.ProgressMarker;
import dev.penstock.schemas.Quarantined;
import dev.penstock.schemas.Sample;
import dev.penstock.schemas.TrainingSet;
import dev.penstock.schemas.TrainingTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

final class SchemaHistoryTest {

  /** Fingerprints of every schema ever released: a file that is edited is found out. */
  private static final Map<String, List<Long>> RELEASED =
      Map.of(
          "Sample", List.of(0x9147801c2a29e8feL),
          "ProgressMarker", List.of(0xd4007f9ea3c7e67aL),
          "Decision", List.of(0x2f2be014983cdf35L, 0xbe34767aacd9215fL),
          "TrainingSet", List.of(0x216aa0d19bb3cc93L),
          "TrainingTask", List.of(0x525a521e3cf3e6eaL, 0xd40def8d1a85a31aL),
          "ModelVersion", List.of(0x8aa02fb7c6d61608L, 0x71f09ab634b33136L, 0x9f2fa06af85951cbL),
          "Evaluation", List.of(0x2ee24817514b483cL),
          "Prediction", List.of(0xa54af4b7409d9746L),
          "Quarantined", List.of(0x34408d2866957747L));

  private static final Schema OLDER_MARKER =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "ProgressMarker", "namespace": "dev.penstock.schemas",
               "fields": [{"name": "timestamp", "type": "int"}, {"name": "note", "type": "string"}]}
              """);

  @Test
  void holdsEveryReleasedSchemaUnchangedAndTheCurrentOneLast() {
    for (Schema current :
        List.of(
            Sample.getClassSchema(),
            ProgressMarker.getClassSchema(),
            Decision.getClassSchema(),
            TrainingSet.getClassSchema(),
            TrainingTask.getClassSchema(),
            ModelVersion.getClassSchema(),
            Evaluation.getClassSchema(),
            Prediction.getClassSchema(),
            Quarantined.getClassSchema())) {
      List<Long> history =
          SchemaHistory.of(current.getName()).stream().map(SingleObject::fingerprint).toList();
      assertThat(history).as(current.getName()).isEqualTo(RELEASED.get(current.getName()));
      assertThat(history).endsWith(SingleObject.fingerprint(current));
    }
  }

  @Test
  void readsWhatAnOlderSchemaWrote() throws IOException {
    GenericRecord older = new GenericData.Record(OLDER_MARKER);
    older.put("timestamp", 17);
    older.put("note", "gone since");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new BinaryMessageEncoder<GenericRecord>(GenericData.get(), OLDER_MARKER).encode(older, bytes);

    AvroCodec<ProgressMarker> codec = AvroCodec.of(ProgressMarker.class, List.of(OLDER_MARKER));

    assertThat(codec.decode(bytes.toByteArray()).getTimestamp()).isEqualTo(17);
  }

  @Test
  void readsVersionsFromBeforeTheyCarriedTheirTrainingSet() throws IOException {
    Schema older = SchemaHistory.of("ModelVersion").get(0);
    GenericRecordBuilder version = new GenericRecordBuilder(older);
    for (String text : List.of("id", "pipeline", "trainingSetDigest", "worker")) {
      version.set(text, text);
    }
    for (String number :
        List.of(
            "decisionNumber",
            "triggerNumber",
            "trainedSamples",
            "sliceTime",
            "seed",
            "startedAt",
            "finishedAt")) {
      version.set(number, 7L);
    }
    Schema status = older.getField("status").schema();
    version.set("status", new GenericData.EnumSymbol(status, "TRAINED"));
    version.set("boundary", List.of()).set("metrics", Map.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new BinaryMessageEncoder<GenericRecord>(GenericData.get(), older)
        .encode(version.build(), bytes);

    ModelVersion read = AvroCodec.of(ModelVersion.class).decode(bytes.toByteArray());

    assertThat(read.getTrainedSamples()).isEqualTo(7);
    assertThat(read.getTrainingSet()).isNull();
  }

  @Test
  void refusesASchemaThatIsNotInTheHistory() throws IOException {
    GenericRecord older = new GenericData.Record(OLDER_MARKER);
    older.put("timestamp", 17);
    older.put("note", "");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new BinaryMessageEncoder<GenericRecord>(GenericData.get(), OLDER_MARKER).encode(older, bytes);

    AvroCodec<ProgressMarker> codec = AvroCodec.of(ProgressMarker.class);

    assertThatThrownBy(() -> codec.decode(bytes.toByteArray()))
        .isInstanceOf(DecodingException.class)
        .hasMessageStartingWith("Bytes are no ProgressMarker");
  }
}
