package dev.penstock.flink.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.groups.GroupTally;
import dev.penstock.core.selection.groups.TriggerGroups;
import dev.penstock.flink.Dataset;
import dev.penstock.flink.Pipelines;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.PartitionOffset;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.artifact.ArtifactStore;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.spec.PipelineSpec;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.trainingset.SampleSet;
import dev.penstock.schemas.trainingset.TrainingSets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Selectors and assembler together, beside the definition of a training set. */
final class SelectionTest {

  private static final int PARTITIONS = 3;
  private static final int DECISIONS = 12;

  /** Offsets per partition: more than one chunk of holes. */
  private static final int LENGTH = 150_000;

  private static final PipelineSpec ALL = pipeline("all", "{type: new-data, tail-triggers: 1}", 42);
  private static final PipelineSpec RANDOM =
      pipeline("random", "{type: new-data, limit: {samples: 500, keep: random}}", 42);
  private static final PipelineSpec OTHER_SEED =
      pipeline("other-seed", "{type: new-data, limit: {samples: 500, keep: random}}", 43);
  private static final List<PipelineSpec> PIPELINES =
      List.of(
          ALL,
          RANDOM,
          OTHER_SEED,
          pipeline("labels", "{type: label-balanced, limit: {samples: 301}}", 42),
          pipeline("fresh", "{type: freshness, unused-data-ratio: 60, limit: {samples: 400}}", 42),
          pipeline("passes", "{type: random-no-replacement, limit: {samples: 30000}}", 42),
          pipeline("reservoir", "{type: reservoir, capacity: 400}", 42),
          pipeline("replay", "{type: class-balanced-replay, capacity: 400}", 42),
          pipeline("decayed", "{type: recency-decayed, half-life: 30s, samples: 400}", 42));

  private static final Dataset DATASET =
      Dataset.of(
          SpecReader.parseDataset(
                  "test",
                  """
                  kind: dataset
                  name: test
                  payload: {type: tensor, dtype: float32, shape: [2]}
                  label: {type: classes, names: [a, b]}
                  """)
              .complete());

  private static final long MAX = Long.MAX_VALUE;
  private static final Map<String, Long> SIZES =
      Map.of(
          "random", 500L,
          "other-seed", 500L,
          "labels", 300L,
          "fresh", 400L,
          "passes", 30_000L,
          "reservoir", 400L,
          "replay", 400L,
          "decayed", 400L);

  /** A sample of the log. */
  private record Sample(int partition, long offset) {}

  @TempDir Path artifacts;

  @Test
  void neitherArrivalNorRestoresChangeATask() throws Exception {
    BitSet[] log = log();
    List<List<Decision>> decisions = decisions(log);
    Map<String, List<TrainingTask>> expected = null;
    for (int seed = 0; seed < 4; seed++) {
      Map<String, List<TrainingTask>> tasks = byPipeline(replay(log, decisions, seed));

      if (expected == null) {
        for (int pipeline = 0; pipeline < PIPELINES.size(); pipeline++) {
          String name = PIPELINES.get(pipeline).name();
          checkTasks(log, decisions.get(pipeline), tasks.getOrDefault(name, List.of()));
        }
        expected = tasks;
      }
      assertThat(tasks).isEqualTo(expected);
    }
  }

  private void checkTasks(BitSet[] log, List<Decision> decisions, List<TrainingTask> tasks) {
    assertThat(tasks).hasSameSizeAs(decisions);
    for (int i = 0; i < tasks.size(); i++) {
      TrainingTask task = tasks.get(i);
      Decision decision = decisions.get(i);
      assertThat(task.getId()).isEqualTo(decision.getPipeline() + "-" + decision.getNumber());
      assertThat(task.getParent()).isEqualTo(i == 0 ? null : tasks.get(i - 1).getId());
      assertThat(task.getTriggerNumber()).isEqualTo(decision.getTriggerNumber());
      assertThat(task.getBoundary()).isEqualTo(decision.getBoundary());
      assertThat(task.getSliceTime()).isEqualTo(decision.getSliceTime());
      List<Sample> window = window(log, decision);
      switch (decision.getPipeline()) {
        case "all" -> assertThat(samples(task)).isEqualTo(window);
        case "random", "other-seed" ->
            assertThat(samples(task))
                .isEqualTo(lowest(window, 500, SampleHash.derive(task.getSeed(), 1)));
        default -> assertThat(new HashSet<>(window).containsAll(samples(task))).isTrue();
      }
      assertThat(samples(task))
          .hasSize((int) Math.min(window.size(), SIZES.getOrDefault(decision.getPipeline(), MAX)));
    }
  }

  /** The samples of a window, by partition and offset. */
  private static List<Sample> window(BitSet[] log, Decision decision) {
    List<Sample> window = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      long end = decision.getBoundary().get(partition).getOffset();
      for (long i = decision.getWindowStart().get(partition).getOffset(); i < end; i++) {
        if (log[partition].get((int) i)) {
          window.add(new Sample(partition, i));
        }
      }
    }
    return window;
  }

  private static List<Sample> lowest(List<Sample> window, int k, long seed) {
    return window.stream()
        .sorted(
            Comparator.comparing(
                sample ->
                    SampleHash.of(SampleHash.stream(seed, sample.partition()), sample.offset()),
                Long::compareUnsigned))
        .limit(k)
        .sorted(Comparator.comparing(Sample::partition).thenComparing(Sample::offset))
        .toList();
  }

  private List<Sample> samples(TrainingTask task) {
    SampleSet set =
        TrainingSets.unpack(task.getTrainingSet(), ArtifactStore.open(artifacts.toUri()));
    List<Sample> samples = new ArrayList<>();
    for (int partition : set.partitions()) {
      set.offsets(partition)
          .forEachRemaining((long offset) -> samples.add(new Sample(partition, offset)));
    }
    return samples;
  }

  /** Which offsets are samples: long stretches without any, and single holes. */
  private static BitSet[] log() {
    SplittableRandom random = new SplittableRandom(3);
    BitSet[] log = new BitSet[PARTITIONS];
    for (int i = 0; i < PARTITIONS; i++) {
      log[i] = new BitSet(LENGTH);
      log[i].set(0, LENGTH);
      // Not in all of them, or there would be nothing new at some decisions.
      log[i].clear(20_000, 20_000 + random.nextInt(70_000) * Math.min(i, 1));
      random.ints(5_000, 0, LENGTH).forEach(log[i]::clear);
    }
    return log;
  }

  /** Decisions of each pipeline at random boundaries. */
  private static List<List<Decision>> decisions(BitSet[] log) {
    SplittableRandom random = new SplittableRandom(4);
    List<List<Decision>> decisions = new ArrayList<>();
    for (PipelineSpec pipeline : PIPELINES) {
      long[][] ends = new long[PARTITIONS][];
      for (int partition = 0; partition < PARTITIONS; partition++) {
        ends[partition] = random.longs(DECISIONS, 0, LENGTH).sorted().toArray();
      }
      List<Decision> ofPipeline = new ArrayList<>();
      for (int number = 1; number <= DECISIONS; number++) {
        int tail = pipeline.selection().tailTriggers().orElse(DECISIONS);
        ofPipeline.add(
            decision(
                log,
                pipeline,
                number,
                offsets(ends, number - 2 - tail),
                offsets(ends, number - 1)));
      }
      decisions.add(ofPipeline);
    }
    return decisions;
  }

  private static List<PartitionOffset> offsets(long[][] ends, int index) {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(
            partition -> new PartitionOffset(partition, index < 0 ? 0 : ends[partition][index]))
        .toList();
  }

  private static Decision decision(
      BitSet[] log,
      PipelineSpec pipeline,
      int number,
      List<PartitionOffset> start,
      List<PartitionOffset> boundary) {
    Decision decision =
        Decision.newBuilder()
            .setPipeline(pipeline.name())
            .setNumber(number)
            .setOutcome(Outcome.FIRED)
            .setTriggerNumber(number)
            .setPolicy("data-amount")
            .setReason("test")
            .setScores(List.of())
            .setEvidence(1)
            .setSliceTime(1000L * number)
            .setBoundary(boundary)
            .setWindowStart(start)
            .setWindowSamples(0)
            .setAbsentPartitions(List.of())
            .setNewSamples(1)
            .build();
    decision.setWindowSamples(window(log, decision).size());
    return decision;
  }

  /** Blocks and decisions in an order of their own, with restores; both operators start anew. */
  private List<TrainingTask> replay(BitSet[] log, List<List<Decision>> decisions, int seed)
      throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<TrainingTask> tasks = new ArrayList<>();
    int[] read = new int[PARTITIONS];
    List<List<List<PartitionDecision>>> asked = planned(log, decisions, seed > 0);
    // How many decisions of each pipeline the selector of each partition has got.
    int[][] told = new int[PARTITIONS][PIPELINES.size()];
    var selector = selector();
    var assembler = assembler();
    try {
      selector.open();
      assembler.open();
      for (int left = 1; left > 0; left = left(read, told)) {
        int partition = random.nextInt(PARTITIONS);
        int pipeline = random.nextInt(PIPELINES.size());
        if (random.nextInt(4) > 0) {
          int end = Math.min(LENGTH, read[partition] + 1 + random.nextInt(8_000));
          if (end > read[partition]) {
            selector.processElement1(
                new StreamRecord<>(block(log[partition], partition, read[partition], end)));
            read[partition] = end;
          }
        } else if (told[partition][pipeline] < DECISIONS) {
          selector.processElement2(
              new StreamRecord<>(
                  asked.get(pipeline).get(told[partition][pipeline]++).get(partition)));
        }
        for (SelectionPart part : selector.extractOutputValues()) {
          assembler.processElement(new StreamRecord<>(part));
        }
        selector.getOutput().clear();
        if (seed > 0 && random.nextInt(10) == 0) {
          OperatorSubtaskState selectorState = selector.snapshot(left, left);
          OperatorSubtaskState assemblerState = assembler.snapshot(left, left);
          tasks.addAll(assembler.extractOutputValues());
          selector.close();
          assembler.close();
          selector = selector();
          assembler = assembler();
          selector.initializeState(selectorState);
          assembler.initializeState(assemblerState);
          selector.open();
          assembler.open();
        }
      }
      tasks.addAll(assembler.extractOutputValues());
      return tasks;
    } finally {
      selector.close();
      assembler.close();
    }
  }

  /** What the planner asks, by pipeline, decision and partition; it starts anew between two. */
  private static List<List<List<PartitionDecision>>> planned(
      BitSet[] log, List<List<Decision>> decisions, boolean restores) throws Exception {
    AvroCodec<Decision> codec = AvroCodec.of(Decision.class);
    List<List<List<PartitionDecision>>> planned = new ArrayList<>();
    var planner = planner();
    planner.open();
    for (int pipeline = 0; pipeline < PIPELINES.size(); pipeline++) {
      boolean counts = GroupTally.isNeeded(PIPELINES.get(pipeline).selection());
      List<List<PartitionDecision>> ofPipeline = new ArrayList<>();
      for (Decision decision : decisions.get(pipeline)) {
        planner.processElement(
            new StreamRecord<>(
                FiredDecision.of(
                    decision,
                    codec,
                    counts ? Optional.of(groups(log, decision)) : Optional.empty())));
        ofPipeline.add(new ArrayList<>(planner.extractOutputValues()));
        planner.getOutput().clear();
        if (restores) {
          OperatorSubtaskState state = planner.snapshot(1, 1);
          planner.close();
          planner = planner();
          planner.initializeState(state);
          planner.open();
        }
      }
      planned.add(ofPipeline);
    }
    planner.close();
    return planned;
  }

  private static TriggerGroups groups(BitSet[] log, Decision decision) {
    long[] end = decision.getBoundary().stream().mapToLong(PartitionOffset::getOffset).toArray();
    long[] samples = new long[PARTITIONS];
    long[] labels = new long[3];
    for (int partition = 0; partition < PARTITIONS; partition++) {
      for (int i = 0; i < end[partition]; i++) {
        if (log[partition].get(i)) {
          samples[partition]++;
          labels[label(i) + 1]++;
        }
      }
    }
    return new TriggerGroups(
        new long[PARTITIONS],
        decision.getWindowStart().stream().mapToLong(PartitionOffset::getOffset).toArray(),
        end,
        samples,
        new long[] {labels[1], labels[2]},
        List.of());
  }

  /** Two of three have a class, one in four of those the second. */
  private static int label(int offset) {
    return offset % 3 == 0 ? SampleBlock.UNLABELLED : offset % 4 == 0 ? 1 : 0;
  }

  private static int left(int[] read, int[][] told) {
    int toRead = PARTITIONS * LENGTH - Arrays.stream(read).sum();
    int toTell =
        PARTITIONS * PIPELINES.size() * DECISIONS
            - Arrays.stream(told).flatMapToInt(Arrays::stream).sum();
    return toRead + toTell;
  }

  private static SampleBlock block(BitSet samples, int partition, int from, int to) {
    long[] offsets = IntStream.range(from, to).filter(samples::get).asLongStream().toArray();
    return SampleBlock.of(partition, from, to, offsets, offsets.clone(), to)
        .withLabels(Arrays.stream(offsets).mapToInt(offset -> label((int) offset)).toArray());
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          Integer, SampleBlock, PartitionDecision, SelectionPart>
      selector() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new SelectorFunction(Pipelines.of(PIPELINES), DATASET)),
        SampleBlock::partition,
        PartitionDecision::partition,
        Types.INT);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, FiredDecision, PartitionDecision>
      planner() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new SelectionPlannerFunction(Pipelines.of(PIPELINES))),
        FiredDecision::pipeline,
        Types.STRING);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, SelectionPart, TrainingTask> assembler()
      throws Exception {
    // Some of the training sets are too large for a message.
    TaskAssemblerFunction function =
        new TaskAssemblerFunction(
            Pipelines.of(PIPELINES), DATASET, artifacts.toUri(), /* inlineBytes= */ 4_000);
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(function), SelectionPart::pipeline, Types.STRING);
  }

  private static Map<String, List<TrainingTask>> byPipeline(List<TrainingTask> tasks) {
    Map<String, List<TrainingTask>> byPipeline = new TreeMap<>();
    tasks.forEach(
        task -> byPipeline.computeIfAbsent(task.getPipeline(), key -> new ArrayList<>()).add(task));
    return byPipeline;
  }

  private static PipelineSpec pipeline(String name, String selection, int seed) {
    return SpecReader.parsePipeline(
        "test",
        """
        kind: pipeline
        name: %s
        dataset: test
        trigger: {type: data-amount, num-samples: 1000}
        selection: %s
        training: {model: {type: mlp}, seed: %d}
        """
            .formatted(name, selection, seed));
  }
}
