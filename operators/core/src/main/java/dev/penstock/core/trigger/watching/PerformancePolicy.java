package dev.penstock.core.trigger.watching;

import dev.penstock.core.block.Feedback;
import dev.penstock.core.criterion.Decision;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer;
import dev.penstock.core.trigger.Answer.Measurement;
import dev.penstock.core.trigger.Due;
import dev.penstock.core.trigger.EvaluationInterval;
import dev.penstock.core.trigger.TriggerContext;
import dev.penstock.core.trigger.TriggerPolicy;
import dev.penstock.schemas.spec.trigger.PerformanceTriggerSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fires when the newest model does worse on a block than a criterion allows, as Modyn's
 * PerformanceTrigger does (Böther et al.: Modyn, SIGMOD 2025). The first block fires; during the
 * warm-up another policy is asked, and criteria that compare with past scores only learn.
 *
 * <p>Beyond Modyn: more metrics, the forecast of the next block ({@code mode: lookahead}), and the
 * first block of each new model tells what a training brings, which is commented out there. A block
 * of which no sample was scored, since its model is not there yet, holds.
 */
final class PerformancePolicy implements TriggerPolicy {

  private final TriggerContext context;
  private final EvaluationInterval interval;
  private final WarmUp warmUp;
  private final Outlook outlook;
  private final Map<String, JudgedPerformance> criteria = new LinkedHashMap<>();
  private final BlockPerformance block;
  private final BlockTimes times = new BlockTimes();
  private final NewestModel model = new NewestModel();
  private boolean first = true;

  PerformancePolicy(PerformanceTriggerSpec spec, TriggerContext context, WarmUp warmUp) {
    this.context = context;
    this.interval = new EvaluationInterval(spec.evaluationInterval());
    this.warmUp = warmUp;
    this.outlook = new Outlook(spec.outlook());
    this.block = new BlockPerformance(context.dataset() == null ? null : context.dataset().label());
    spec.decisionCriteria()
        .forEach(
            (name, criterion) -> criteria.put(name, JudgedPerformance.of(criterion, spec.mode())));
  }

  @Override
  public String type() {
    return "performance";
  }

  @Override
  public String stateFormat() {
    List<String> judged = new ArrayList<>();
    criteria.forEach((name, criterion) -> judged.add(name + " " + criterion.stateFormat()));
    return type() + " " + judged + " " + warmUp.stateFormat();
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
          times.see(time);
          if (observation != null) {
            Feedback feedback = observation.feedback(context.pipeline());
            model.see(feedback);
            block.see(observation, feedback);
          }
        });
  }

  @Override
  public Answer answer() {
    interval.next();
    outlook.passed(times.samples(), times.first(), times.last());
    boolean isEvaluated = !first && block.samples() > 0;
    if (isEvaluated) {
      outlook.evaluated(block, model.get());
    }
    Answer answer = first || !warmUp.isOver() ? unjudged(isEvaluated) : judged(isEvaluated);
    first = false;
    block.clear();
    times.clear();
    return answer;
  }

  private Answer unjudged(boolean isEvaluated) {
    boolean vote = !warmUp.isOver() && warmUp.next();
    if (isEvaluated) {
      for (JudgedPerformance criterion : criteria.values()) {
        if (criterion.needsCalibration()) {
          criterion.judge(block, outlook, times.last());
          criterion.triggered();
        }
      }
    }
    String reason =
        first
            ? "the first evaluation"
            : warmUp.progress() + ": its policy " + (vote ? "fires" : "holds");
    return Answer.of(first || vote, reason, List.of(), model.id());
  }

  private Answer judged(boolean isEvaluated) {
    if (!isEvaluated) {
      return Answer.of(
          /* fires= */ false, "no sample of the block was scored", List.of(), model.id());
    }
    boolean fires = false;
    List<Measurement> measurements = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (Map.Entry<String, JudgedPerformance> named : criteria.entrySet()) {
      Decision decision = named.getValue().judge(block, outlook, times.last());
      fires |= decision.fired();
      measurements.add(new Measurement(named.getKey(), decision.score(), decision.threshold()));
      said.add(
          named.getValue().subject()
              + " "
              + Figures.against(decision.score(), decision.threshold())
              + (decision.fired() ? ": too bad" : ": good enough"));
    }
    measurements.add(Measurement.of("scoredSamples", (double) block.samples()));
    outlook
        .ofNewModel()
        .ifPresent(value -> measurements.add(Measurement.of("expectedAccuracy", value)));
    outlook
        .density()
        .ifPresent(value -> measurements.add(Measurement.of("samplesPerSecond", value)));
    return Answer.of(fires, String.join("; ", said), measurements, model.id());
  }

  @Override
  public void triggered(long number) {
    criteria.values().forEach(JudgedPerformance::triggered);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    interval.write(out);
    warmUp.write(out);
    outlook.write(out);
    block.write(out);
    times.write(out);
    model.write(out);
    out.writeBoolean(first);
    for (JudgedPerformance criterion : criteria.values()) {
      criterion.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    interval.read(in);
    warmUp.read(in);
    outlook.read(in);
    block.read(in);
    times.read(in);
    model.read(in);
    first = in.readBoolean();
    for (JudgedPerformance criterion : criteria.values()) {
      criterion.read(in);
    }
  }
}
