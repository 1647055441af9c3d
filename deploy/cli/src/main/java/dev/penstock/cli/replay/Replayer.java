package dev.penstock.cli.replay;

import dev.penstock.cli.replay.recording.RecordedSamples;
import dev.penstock.cli.replay.results.Incorporation;
import dev.penstock.cli.replay.results.ReplayRun;
import dev.penstock.cli.replay.results.Results;
import dev.penstock.cli.replay.results.RunFolder;
import dev.penstock.cli.replay.results.RunSummary;
import dev.penstock.cli.replay.results.RunTiming;
import dev.penstock.datagen.Progress;
import dev.penstock.datagen.produce.OrderedProducer;
import dev.penstock.kafka.TopicAdmin;
import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import java.io.IOException;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import org.apache.commons.io.FileUtils;

/** Replays a run from its beginning, or from where an earlier process has left it. */
final class Replayer {

  private final RunFolder folder;
  private final ReplayInput input;
  private final ReplayRun run;
  private final Incorporation incorporation = new Incorporation();

  Replayer(RunFolder folder, ReplayInput input) throws IOException {
    this.folder = folder;
    this.input = input;
    this.run = folder.run();
  }

  void run() throws IOException, InterruptedException {
    try (ReplayStack stack = ReplayStack.start(folder.work(), input.dataset(), input.pipelines())) {
      double replaySeconds = replay(stack);
      long start = System.nanoTime();
      awaitDecisions(stack);
      stack.evaluate();
      double evaluationSeconds = (System.nanoTime() - start) / 1e9;
      save(stack, replaySeconds, evaluationSeconds);
    }
    for (String done :
        List.of("kafka", "checkpoints", "evaluation-checkpoints", "tmp", "upload", "conf")) {
      FileUtils.deleteDirectory(folder.work().resolve(done).toFile());
    }
  }

  private double replay(ReplayStack stack) throws IOException, InterruptedException {
    try (OrderedProducer producer =
            OrderedProducer.open(stack.kafka(), input.dataset(), run.partitions());
        RecordedSamples samples = input.samples(run.part())) {
      stack.train();
      try (LedgerReader ledger = ledger(stack);
          ProgressBar bar = Progress.bar(run.dataset(), "samples", run.contents().samples())) {
        long start = System.nanoTime();
        Lockstep lockstep = new Lockstep(producer, ledger, input.pipelines(), new Watch());
        while (samples.next()) {
          lockstep.send(samples);
          bar.step();
        }
        lockstep.end();
        return (System.nanoTime() - start) / 1e9;
      }
    }
  }

  private static LedgerReader ledger(ReplayStack stack) throws InterruptedException {
    try (TopicAdmin admin = new TopicAdmin(stack.kafka())) {
      admin.ensure(ReplayStack.TOPICS.modelVersions(), 1);
    }
    return new LedgerReader(stack.kafka(), ReplayStack.TOPICS, stack::check);
  }

  /** Held decisions were not waited for until they were committed. */
  private static void awaitDecisions(ReplayStack stack) throws InterruptedException {
    String topic = ReplayStack.TOPICS.decisions();
    try (TopicAdmin admin = new TopicAdmin(stack.kafka());
        TopicReader reader = new TopicReader(stack.kafka(), topic)) {
      reader.readTo(admin.ends(topic), message -> {});
    }
  }

  private void save(ReplayStack stack, double replaySeconds, double evaluationSeconds)
      throws IOException {
    try (Results results = Results.write(stack.kafka(), ReplayStack.TOPICS, folder, run.names())) {
      folder.save(
          "timing/run.json",
          new RunTiming(replaySeconds, evaluationSeconds, results.trainingSeconds()));
      folder.save(
          "summary.json",
          new RunSummary(
              run.dataset(), run.contents().samples(), results.pipelines(incorporation)));
    }
  }

  /** Watches when samples are included in a training. */
  private final class Watch implements Lockstep.Listener {

    @Override
    public void sample(long timestamp) {
      incorporation.sample(timestamp);
    }

    @Override
    public void decision(Decision decision) {
      if (decision.getOutcome() == Outcome.FIRED && decision.getSliceTime() != Long.MIN_VALUE) {
        incorporation.triggered(decision.getPipeline(), decision.getSliceTime());
      }
    }
  }
}
