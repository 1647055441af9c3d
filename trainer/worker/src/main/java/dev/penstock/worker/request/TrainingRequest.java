package dev.penstock.worker.request;

import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a training process is told, through its standard input: secrets do not show in its
 * arguments.
 *
 * @param task what to train
 * @param parent model version to start from; empty: from scratch
 * @param kafka where the samples are
 * @param artifacts where the model goes
 * @param settings of the worker
 */
public record TrainingRequest(
    TrainingTask task,
    Optional<ModelVersion> parent,
    KafkaSettings kafka,
    URI artifacts,
    TrainingSettings settings) {

  /** Writes the request. */
  public void write(DataOutputStream out) throws IOException {
    writeBytes(out, AvroCodec.of(TrainingTask.class).encode(task));
    writeBytes(
        out,
        parent
            .map(version -> AvroCodec.of(ModelVersion.class).encode(version))
            .orElse(new byte[0]));
    out.writeUTF(kafka.bootstrapServers());
    out.writeInt(kafka.properties().size());
    for (Map.Entry<String, String> property : kafka.properties().entrySet()) {
      out.writeUTF(property.getKey());
      out.writeUTF(property.getValue());
    }
    out.writeUTF(artifacts.toString());
    out.writeUTF(settings.worker());
    out.writeUTF(settings.device());
    out.writeInt(settings.threads());
    out.writeInt(settings.fetchers());
    out.flush();
  }

  /** Reads what {@link #write} wrote; throws EOFException when the other end has closed. */
  public static TrainingRequest read(DataInputStream in) throws IOException {
    TrainingTask task = AvroCodec.of(TrainingTask.class).decode(readBytes(in));
    byte[] parentBytes = readBytes(in);
    Optional<ModelVersion> parent =
        parentBytes.length == 0
            ? Optional.empty()
            : Optional.of(AvroCodec.of(ModelVersion.class).decode(parentBytes));
    String bootstrapServers = in.readUTF();
    Map<String, String> properties = new LinkedHashMap<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      properties.put(in.readUTF(), in.readUTF());
    }
    URI artifacts = URI.create(in.readUTF());
    TrainingSettings settings =
        new TrainingSettings(in.readUTF(), in.readUTF(), in.readInt(), in.readInt());
    return new TrainingRequest(
        task, parent, new KafkaSettings(bootstrapServers, properties), artifacts, settings);
  }

  /** Writes bytes with their length. */
  public static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #writeBytes} wrote. */
  public static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
