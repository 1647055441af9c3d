package dev.penstock.core.trigger.watching;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.block.ModelInUse;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer;
import dev.penstock.core.trigger.Answer.Measurement;
import dev.penstock.core.trigger.Due;
import dev.penstock.core.trigger.EvaluationInterval;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.core.trigger.TriggerPolicy;
import dev.penstock.schemas.spec.trigger.CostTriggerSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Fires when waiting costs more than training. The first block fires, and during the warm-up
 * another policy is asked. What training costs is learned from the model versions that come back.
 */
final class CostPolicy implements TriggerPolicy {

  private final CostTriggerSpec spec;
  private final TriggerContext context;
  private final EvaluationInterval interval;
  private final WarmUp warmUp;
  private final Regret regret;
  private final NewestModel model = new NewestModel();
  private boolean first = true;

  CostPolicy(CostTriggerSpec spec, TriggerContext context, WarmUp warmUp) {
    this.spec = spec;
    this.context = context;
    this.interval = new EvaluationInterval(spec.evaluationInterval());
    this.warmUp = warmUp;
    this.regret = Regret.of(spec, context);
  }

  @Override
  public String type() {
    return spec instanceof CostTriggerSpec.IncorporationLatency
        ? "data-incorporation-latency-cost"
        : "avoidable-misclassification-cost";
  }

  @Override
  public String stateFormat() {
    return type() + " " + warmUp.stateFormat();
  }

  @Override
  public Optional<Due> due(Run run) {
    return interval.due(run);
  }

  @Override
  public void see(Run run, long samples) {
    interval.see(samples);
    Run seen = run.first(samples);
    warmUp.see(seen);
    seen.forEach(
        (time, partition, offset, observation) -> {
          regret.see(time, observation);
          if (observation != null) {
            learn(observation.feedback(context.pipeline()));
          }
        });
  }

  private void learn(Feedback feedback) {
    ModelInUse newest = feedback.model();
    if (model.see(feedback) && newest != null && newest.trainedSamples() > 0) {
      regret.onModel(newest);
    }
  }

  @Override
  public Answer answer() {
    interval.next();
    Decision decision = regret.judge(model.get());
    boolean isJudged = !first && warmUp.isOver();
    boolean vote = !warmUp.isOver() && warmUp.next();
    boolean fires = first || vote || (isJudged && decision.fired());
    String reason = reason(decision, isJudged, vote);
    first = false;
    return Answer.of(
        fires,
        reason,
        List.of(new Measurement("regretSeconds", decision.score(), decision.threshold())),
        model.id());
  }

  private String reason(Decision decision, boolean isJudged, boolean vote) {
    if (first) {
      return "the first evaluation";
    }
    if (!isJudged) {
      return warmUp.progress() + ": its policy " + (vote ? "fires" : "holds");
    }
    return "waiting has cost "
        + Figures.against(decision.score(), decision.threshold())
        + " s: training is "
        + (decision.fired() ? "cheaper" : "dearer");
  }

  @Override
  public void triggered(long number) {
    regret.onTrigger();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    interval.write(out);
    warmUp.write(out);
    regret.write(out);
    model.write(out);
    out.writeBoolean(first);
  }

  @Override
  public void read(DataInput in) throws IOException {
    interval.read(in);
    warmUp.read(in);
    regret.read(in);
    model.read(in);
    first = in.readBoolean();
  }
}
