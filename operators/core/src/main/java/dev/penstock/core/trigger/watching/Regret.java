package dev.penstock.core.trigger.watching;

import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.block.Observation;
import dev.penstock.core.cost.AvoidableMisclassificationCost;
import dev.penstock.core.cost.IncorporationLatencyCost;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.schemas.spec.trigger.CostTriggerSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a cost trigger pays for waiting, block by block. */
sealed interface Regret {

  static Regret of(CostTriggerSpec spec, TriggerContext context) {
    if (spec instanceof CostTriggerSpec.IncorporationLatency latency) {
      return new OfSamples(latency);
    }
    if (spec instanceof CostTriggerSpec.AvoidableMisclassification misclassification) {
      return new OfMisclassifications(misclassification, context);
    }
    throw new IllegalArgumentException("No regret for " + spec);
  }

  /** Sees the next sample of the block. */
  void see(long time, @Nullable Observation observation);

  /** Ends a block and judges. */
  Decision judge(@Nullable ModelInUse model);

  void onTrigger();

  void onModel(ModelInUse model);

  void write(DataOutput out) throws IOException;

  void read(DataInput in) throws IOException;

  /** Every sample that waits. */
  final class OfSamples implements Regret {

    private final IncorporationLatencyCost cost;
    private long[] times = new long[64];
    private int samples;

    private OfSamples(CostTriggerSpec.IncorporationLatency spec) {
      this.cost =
          new IncorporationLatencyCost(spec.perTrainingSecond(), spec.costTrackingWindowSize());
    }

    @Override
    public void see(long time, @Nullable Observation observation) {
      if (samples == times.length) {
        times = Arrays.copyOf(times, 2 * samples);
      }
      times[samples++] = time;
    }

    @Override
    public Decision judge(@Nullable ModelInUse model) {
      Decision decision = cost.judge(Arrays.copyOf(times, samples));
      samples = 0;
      return decision;
    }

    @Override
    public void onTrigger() {
      cost.onTrigger();
    }

    @Override
    public void onModel(ModelInUse model) {
      cost.onModel(model.trainedSamples(), model.trainingSeconds());
    }

    @Override
    public void write(DataOutput out) throws IOException {
      cost.write(out);
      out.writeInt(samples);
      for (int i = 0; i < samples; i++) {
        out.writeLong(times[i]);
      }
    }

    @Override
    public void read(DataInput in) throws IOException {
      cost.read(in);
      int count = in.readInt();
      samples = 0;
      for (int i = 0; i < count; i++) {
        see(in.readLong(), /* observation= */ null);
      }
    }
  }

  /** Every misclassification that a new model would have avoided. */
  final class OfMisclassifications implements Regret {

    private final AvoidableMisclassificationCost cost;
    private final Outlook outlook;
    private final BlockPerformance block;
    private final BlockTimes times = new BlockTimes();
    private final int pipeline;

    private OfMisclassifications(
        CostTriggerSpec.AvoidableMisclassification spec, TriggerContext context) {
      this.cost =
          new AvoidableMisclassificationCost(
              spec.perTrainingSecond(),
              JudgedPerformance.avoidable(spec.avoidable()),
              spec.costTrackingWindowSize());
      this.outlook = new Outlook(spec.outlook());
      this.block =
          new BlockPerformance(context.dataset() == null ? null : context.dataset().label());
      this.pipeline = context.pipeline();
    }

    @Override
    public void see(long time, @Nullable Observation observation) {
      times.see(time);
      if (observation != null) {
        block.see(observation, observation.feedback(pipeline));
      }
    }

    @Override
    public Decision judge(@Nullable ModelInUse model) {
      if (block.samples() > 0) {
        outlook.evaluated(block, model);
      }
      Decision decision =
          cost.judge(
              new AvoidableMisclassificationCost.Block(
                  times.samples(),
                  times.first(),
                  times.last(),
                  block.samples(),
                  block.misclassified()),
              outlook.ofNewModel());
      block.clear();
      times.clear();
      return decision;
    }

    @Override
    public void onTrigger() {
      cost.onTrigger();
    }

    @Override
    public void onModel(ModelInUse model) {
      cost.onModel(model.trainedSamples(), model.trainingSeconds());
    }

    @Override
    public void write(DataOutput out) throws IOException {
      cost.write(out);
      outlook.write(out);
      block.write(out);
      times.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      cost.read(in);
      outlook.read(in);
      block.read(in);
      times.read(in);
    }
  }
}
