package dev.penstock.datagen.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.datagen.file.DataException;
import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingsTest {

  @TempDir Path directory;

  /** A sample as read. */
  private record Read(long timestamp, String key, double label, List<Float> features) {}

  @Test
  void readsATableWithWordsTimesAndMissingValues() throws IOException {
    write(
        "a.csv",
        """
        \uFEFFid;day;hour;colour;size;class
        # a comment
        a;2020-01-01;3;red;1.5;yes
        b;2020-01-01;4;blue;;no
        c;2020-01-01;5;red;2;?
        d;2020-01-02;0;"red";7;no
        """);
    List<Read> samples =
        read(
            "files: [a.csv]",
            "{type: csv, separator: ';', comment: '#', label: class, key: id, on-missing:"
                + " previous}",
            "{type: columns, columns: [day, hour], pattern: y-MM-dd H}");

    // Blue and red are one feature each; c has no label.
    assertThat(samples)
        .containsExactly(
            new Read(time("2020-01-01T03:00:00Z"), "a", 1, List.of(0f, 1f, 1.5f)),
            new Read(time("2020-01-01T04:00:00Z"), "b", 0, List.of(1f, 0f, 1.5f)),
            new Read(time("2020-01-02T00:00:00Z"), "d", 0, List.of(0f, 1f, 7f)));
  }

  @Test
  void aHeaderOneShortLeavesOutTheFirstColumn() throws IOException {
    write("a.csv", "\"x\",\"y\"\n\"1\",0.5,1\n\"2\",0.7,0\n");

    assertThat(read("files: [a.csv]", "{type: csv, label: y, drop: [row]}", ROWS))
        .extracting(Read::features)
        .containsExactly(List.of(0.5f), List.of(0.7f));
  }

  @Test
  void toleratesTrailingSeparatorsAndTellsOtherWidths() throws IOException {
    write("a.csv", "x,y\n1,0,\n2,1\n");
    write("b.csv", "x,y\n1,0\n2\n");

    assertThat(read("files: [a.csv]", "{type: csv, label: y}", ROWS)).hasSize(2);
    assertThatThrownBy(() -> read("files: [b.csv]", "{type: csv, label: y}", ROWS))
        .hasMessage("b.csv:3: row must have 2 values, got 1");
  }

  @Test
  void readsArffDenseAndSparse() throws IOException {
    write(
        "a.arff",
        """
        % a comment
        @relation 'my data'
        @attribute 'a b' numeric
        @attribute c {x, y}
        @attribute class {0,1}
        @data
        1.5,x,1
        {0 2, 1 y}
        0.5,y,0,
        """);

    assertThat(read("files: [a.arff]", "{type: arff, label: class}", ROWS))
        .extracting(Read::label, Read::features)
        .containsExactly(
            tuple(1.0, List.of(1.5f, 1f, 0f)),
            tuple(0.0, List.of(2f, 0f, 1f)),
            tuple(0.0, List.of(0.5f, 0f, 1f)));
  }

  @Test
  void readsLibsvmAndItsLikes() throws IOException {
    write("a.txt", "+1 1:0.5 3:2 # c\n-1 2:1\n");
    write("b.txt", "4;10.0 1:0.5 2:2\n5;20.0 2:1\n");

    assertThat(read("files: [a.txt]", "{type: libsvm}", ROWS))
        .extracting(Read::features)
        .containsExactly(List.of(0.5f, 0f, 2f), List.of(0f, 1f, 0f));
    assertThat(read("files: [b.txt]", "{type: libsvm}", ROWS))
        .extracting(Read::label)
        .containsExactly(0.0, 1.0);
  }

  @Test
  void readsCompressedIdx() throws IOException {
    gzip("images.gz", 0x803, new int[] {2, 2, 2}, new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 200});
    gzip("labels.gz", 0x801, new int[] {2}, new byte[] {1, 0});
    DatasetDeclaration declaration =
        declaration("files: [images.gz]", "{type: idx, labels: [labels.gz]}", ROWS);
    DatasetSpec dataset = Recordings.describe(declaration, directory);

    assertThat(dataset.payload())
        .isEqualTo(new PayloadSpec.Tensor(PayloadSpec.Dtype.UINT8, List.of(2, 2)));
    try (SampleReader reader = Recordings.open(dataset, directory)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.payload()).containsExactly(1, 2, 3, 4);
      assertThat(reader.labelClass()).isEqualTo(1);
      assertThat(reader.next()).isTrue();
      assertThat(reader.payload()).containsExactly(5, 6, 7, (byte) 200);
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void numbersOfManyValuesAreTargetsAndFewAreClasses() throws IOException {
    write("few.csv", "x,y\n1,10\n2,2\n3,1.0\n4,1\n");
    write("real.csv", "x,y\n1,0.5\n2,2\n");

    assertThat(label("few.csv")).isEqualTo(new LabelSpec.Classes(List.of("1", "2", "10")));
    assertThat(label("real.csv")).isEqualTo(new LabelSpec.Real());
    assertThat(read("files: [few.csv]", "{type: csv, label: y}", ROWS))
        .extracting(Read::label)
        .containsExactly(2.0, 1.0, 0.0, 0.0);
  }

  @Test
  void labelsThatBecomeOthersAreReadAsTheyWereRecorded() throws IOException {
    write("minutes.csv", "x,minutes,kind\n1,10.5,taxi\n2,31,bus\n");
    String numbers = "names: [short, long], from: {type: real, thresholds: [30]}";
    String classes =
        "names: [big, small], from: {type: classes, names: [taxi, bus], to: {taxi: small, bus:"
            + " big}}";

    assertThat(labels("minutes", numbers)).containsExactly(10.5, 31.0);
    assertThat(labels("kind", classes)).containsExactly(0.0, 1.0);
  }

  /** Labels of a column of the file with the minutes. */
  private List<Double> labels(String column, String label) throws IOException {
    String other = column.equals("kind") ? "minutes" : "kind";
    return read(
            SpecReader.parseDataset(
                "test",
                """
                kind: dataset
                name: test
                label: {type: classes, %s}
                source: {files: [minutes.csv], format: {type: csv, label: %s, drop: [%s]}}
                """
                    .formatted(label, column, other)))
        .stream()
        .map(Read::label)
        .toList();
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> read("files: [none.csv]", "{type: csv, label: y}", ROWS))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("file must exist, got none at ");
  }

  private static final String ROWS = "{type: row-order}";

  private LabelSpec label(String file) throws IOException {
    return Recordings.describe(
            declaration("files: [" + file + "]", "{type: csv, label: y}", ROWS), directory)
        .label();
  }

  private List<Read> read(String files, String format, String time) throws IOException {
    return read(declaration(files, format, time));
  }

  private List<Read> read(DatasetDeclaration declaration) throws IOException {
    DatasetSpec dataset = Recordings.describe(declaration, directory);
    List<Read> samples = new ArrayList<>();
    try (SampleReader reader = Recordings.open(dataset, directory)) {
      while (reader.next()) {
        float[] features = new float[reader.payload().length / Float.BYTES];
        ByteBuffer.wrap(reader.payload())
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .get(features);
        List<Float> list = new ArrayList<>();
        for (float feature : features) {
          list.add(feature);
        }
        double label =
            reader.labelKind() == LabelKind.CLASS ? reader.labelClass() : reader.labelReal();
        samples.add(new Read(reader.timestamp(), reader.key(), label, list));
      }
    }
    return samples;
  }

  private static DatasetDeclaration declaration(String files, String format, String time) {
    return SpecReader.parseDataset(
        "test",
        """
        kind: dataset
        name: test
        source:
          %s
          format: %s
          time: %s
        """
            .formatted(files, format, time));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
  }

  private void gzip(String name, int magic, int[] dimensions, byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      out.writeInt(magic);
      for (int size : dimensions) {
        out.writeInt(size);
      }
      out.write(data);
    }
    Files.write(directory.resolve(name), bytes.toByteArray());
  }

  private static long time(String text) {
    return Instant.parse(text).toEpochMilli();
  }
}
