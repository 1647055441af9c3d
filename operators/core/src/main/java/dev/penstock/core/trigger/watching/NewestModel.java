package dev.penstock.core.trigger.watching;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The newest model version that samples came with. */
final class NewestModel {

  private @Nullable ModelInUse model;

  /** Takes the feedback of the next sample; whether its model is newer than all before. */
  boolean see(Feedback feedback) {
    ModelInUse other = feedback.model();
    if (other == null || (model != null && other.triggerNumber() <= model.triggerNumber())) {
      return false;
    }
    model = other;
    return true;
  }

  /** Null: there has been none. */
  @Nullable ModelInUse get() {
    return model;
  }

  @Nullable String id() {
    return model == null ? null : model.id();
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(model != null);
    if (model != null) {
      out.writeUTF(model.id());
      out.writeLong(model.triggerNumber());
      out.writeLong(model.trainedSamples());
      out.writeDouble(model.trainingSeconds());
    }
  }

  void read(DataInput in) throws IOException {
    model =
        in.readBoolean()
            ? new ModelInUse(in.readUTF(), in.readLong(), in.readLong(), in.readDouble())
            : null;
  }
}
