package dev.penstock.core.trigger.watching;

import static java.util.Objects.requireNonNull;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.Observation;
import dev.penstock.core.detector.Detector;
import dev.penstock.core.detector.Detectors;
import dev.penstock.core.detector.ErrorDetector;
import dev.penstock.core.detector.Status;
import dev.penstock.core.detector.ValueDetector;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer;
import dev.penstock.core.trigger.Answer.Measurement;
import dev.penstock.core.trigger.Due;
import dev.penstock.core.trigger.EvaluationInterval;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.core.trigger.TriggerPolicy;
import dev.penstock.schemas.serde.TensorValues;
import dev.penstock.schemas.spec.dataset.PayloadSpec;
import dev.penstock.schemas.spec.trigger.DetectorTriggerSpec;
import dev.penstock.schemas.spec.trigger.DetectorTriggerSpec.Watch;
import dev.penstock.schemas.spec.trigger.detector.DetectorSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fires at the first evaluation after a detector has found a drift, and goes on firing until a
 * training is triggered: a detector that was not listened to would have forgotten it. The first
 * evaluation fires if it is a model that is watched and there is none. With a new model, a detector
 * that watches it starts anew.
 */
final class DetectorPolicy implements TriggerPolicy {

  private final DetectorTriggerSpec spec;
  private final TriggerContext context;
  private final EvaluationInterval interval;
  private final @Nullable ErrorDetector errors;
  private final @Nullable ValueDetector values;
  private final NewestModel model = new NewestModel();

  /** Samples that the detector has seen since it started anew. */
  private long seen;

  private boolean warned;
  private boolean drift;
  private boolean triggered;

  DetectorPolicy(DetectorTriggerSpec spec, TriggerContext context) {
    this.spec = spec;
    this.context = context;
    this.interval = new EvaluationInterval(spec.evaluationInterval());
    if (spec.watch() == Watch.ERROR) {
      this.errors = Detectors.errors(spec.detector(), context.seed());
      this.values = null;
    } else if (spec.detector() instanceof DetectorSpec.OfValues ofValues) {
      this.errors = null;
      this.values = Detectors.values(ofValues, context.seed());
    } else {
      throw new IllegalArgumentException("Only an error bit for " + spec.detector());
    }
  }

  @Override
  public String type() {
    return "detector";
  }

  @Override
  public String stateFormat() {
    return type() + " " + spec.watch() + " " + spec.detector().getClass().getSimpleName();
  }

  @Override
  public Optional<Due> due(Run run) {
    return interval.due(run);
  }

  @Override
  public void see(Run run, long samples) {
    interval.see(samples);
    run.first(samples)
        .forEach(
            (time, partition, offset, observation) -> {
              if (observation != null) {
                see(observation);
              }
            });
  }

  private void see(Observation observation) {
    Feedback feedback = observation.feedback(context.pipeline());
    if (model.see(feedback) && watchesModel()) {
      detector().reset();
      seen = 0;
    }
    Status status =
        switch (spec.watch()) {
          case ERROR -> feedback.rank() < 0 ? Status.STABLE : error(feedback.rank() > 0);
          case LOSS -> value(feedback.loss());
          case LABEL -> value(observation.label());
          case FEATURE -> value(feature(observation));
        };
    warned |= status == Status.WARNING;
    drift |= status == Status.DRIFT;
  }

  private Status error(boolean wrong) {
    seen++;
    return errors == null ? Status.STABLE : errors.add(wrong);
  }

  /** A value that is not finite is not seen. */
  private Status value(double value) {
    if (!Double.isFinite(value) || values == null) {
      return Status.STABLE;
    }
    seen++;
    return values.add(value);
  }

  private double feature(Observation observation) {
    if (observation.payload().length == 0
        || context.dataset() == null
        || !(context.dataset().payload() instanceof PayloadSpec.Tensor tensor)) {
      return Double.NaN;
    }
    return TensorValues.of(tensor, observation.payload(), spec.column().orElse(0));
  }

  private boolean watchesModel() {
    return spec.watch() == Watch.ERROR || spec.watch() == Watch.LOSS;
  }

  private Detector detector() {
    if (errors != null) {
      return errors;
    }
    return requireNonNull(values, "one of both is there");
  }

  @Override
  public Answer answer() {
    interval.next();
    boolean first = watchesModel() && model.get() == null && !triggered;
    List<Measurement> measurements =
        List.of(
            Measurement.of("level", detector().estimate()),
            Measurement.of("seen", (double) seen),
            new Measurement("drift", drift ? 1 : 0, 1));
    String reason = first ? "no model yet" : found();
    warned = false;
    return Answer.of(first || drift, reason, measurements, watchesModel() ? model.id() : null);
  }

  private String found() {
    if (drift) {
      return "drift found, level now " + Figures.text(detector().estimate());
    }
    return warned ? "a warning, no drift" : "no drift";
  }

  @Override
  public void triggered(long number) {
    drift = false;
    triggered = true;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    interval.write(out);
    out.writeLong(seen);
    out.writeBoolean(warned);
    out.writeBoolean(drift);
    out.writeBoolean(triggered);
    model.write(out);
    detector().write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    interval.read(in);
    seen = in.readLong();
    warned = in.readBoolean();
    drift = in.readBoolean();
    triggered = in.readBoolean();
    model.read(in);
    detector().read(in);
  }
}
