package dev.penstock.core.block;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Observations as bytes: a table of the model versions in use, then each sample. */
public final class ObservationCodec {

  private static final int NO_MODEL = -1;

  private ObservationCodec() {}

  /** Writes the observations {@code [from, to)}. */
  public static void write(Observation[] observations, int from, int to, DataOutput out)
      throws IOException {
    Map<ModelInUse, Integer> models = new LinkedHashMap<>();
    for (int i = from; i < to; i++) {
      for (Feedback feedback : observations[i].feedback()) {
        if (feedback.model() != null) {
          models.putIfAbsent(feedback.model(), models.size());
        }
      }
    }
    out.writeInt(models.size());
    for (ModelInUse model : models.keySet()) {
      out.writeUTF(model.id());
      out.writeLong(model.triggerNumber());
      out.writeLong(model.trainedSamples());
      out.writeDouble(model.trainingSeconds());
    }
    out.writeInt(to - from);
    int pipelines = 0;
    for (int i = from; i < to; i++) {
      pipelines = Math.max(pipelines, observations[i].feedback().size());
    }
    out.writeInt(pipelines);
    for (int i = from; i < to; i++) {
      write(observations[i], pipelines, models, out);
    }
  }

  private static void write(
      Observation observation, int pipelines, Map<ModelInUse, Integer> models, DataOutput out)
      throws IOException {
    out.writeDouble(observation.label());
    out.writeInt(observation.payload().length);
    out.write(observation.payload());
    for (int pipeline = 0; pipeline < pipelines; pipeline++) {
      Feedback feedback = observation.feedback(pipeline);
      out.writeLong(feedback.settled());
      out.writeInt(
          feedback.model() == null ? NO_MODEL : models.getOrDefault(feedback.model(), NO_MODEL));
      out.writeFloat(feedback.predicted());
      out.writeFloat(feedback.loss());
      out.writeInt(feedback.rank());
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Observation[] read(DataInput in) throws IOException {
    List<ModelInUse> models = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      models.add(new ModelInUse(in.readUTF(), in.readLong(), in.readLong(), in.readDouble()));
    }
    Observation[] observations = new Observation[in.readInt()];
    int pipelines = in.readInt();
    for (int i = 0; i < observations.length; i++) {
      double label = in.readDouble();
      byte[] payload = new byte[in.readInt()];
      in.readFully(payload);
      Feedback[] feedback = new Feedback[pipelines];
      for (int pipeline = 0; pipeline < pipelines; pipeline++) {
        long settled = in.readLong();
        int model = in.readInt();
        feedback[pipeline] =
            new Feedback(
                settled,
                model == NO_MODEL ? null : models.get(model),
                in.readFloat(),
                in.readFloat(),
                in.readInt());
      }
      observations[i] = new Observation(label, payload, List.of(feedback));
    }
    return observations;
  }
}
