package dev.penstock.core.selection.request;

import dev.penstock.core.block.SampleBlock;
import dev.penstock.core.ledger.LedgerEntry;
import dev.penstock.core.ledger.RandomLog;
import dev.penstock.core.ledger.TriggerLedger;
import dev.penstock.core.selection.PartitionSelection;
import dev.penstock.core.selection.PartitionSelector;
import dev.penstock.core.selection.TrainingSetAssembly;
import dev.penstock.core.selection.chunk.Chunks;
import dev.penstock.core.selection.chunk.PartitionMemory;
import dev.penstock.core.selection.groups.TriggerGroups;
import dev.penstock.core.timeline.Position;
import dev.penstock.core.timeline.Restart;
import dev.penstock.core.timeline.Run;
import dev.penstock.core.timeline.Timeline;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.trigger.TriggerSpec;
import dev.penstock.schemas.trainingset.SampleSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From a log to training sets, all stages in one thread; triggers come every so many samples. */
final class SelectionRun implements PlannerMemory {

  private static final String PIPELINE = "pipeline";

  private final RandomLog log;
  private final SelectionSpec selection;
  private final SelectionPlanner planner;
  private final List<Choice> choices = new ArrayList<>();
  private final Map<Long, TriggerGroups> groups = new HashMap<>();
  private final Map<String, long[]> taken = new HashMap<>();
  private final List<Map<String, byte[]>> chunks = new ArrayList<>();
  private final long[] first;
  private final long[] seenEnd;
  private final long[] lastTime;

  /**
   * A training set and its trigger.
   *
   * @param seen number of samples up to the trigger
   */
  record Choice(int trigger, int seen, SampleSet set) {

    boolean has(Position sample) {
      return set.contains(sample.partition(), sample.offset());
    }
  }

  private SelectionRun(RandomLog log, SelectionSpec selection, long seed) {
    this.log = log;
    this.selection = selection;
    this.planner = new SelectionPlanner(selection, seed, this);
    this.first = new long[log.partitions()];
    this.seenEnd = new long[log.partitions()];
    this.lastTime = new long[log.partitions()];
    for (int partition = 0; partition < log.partitions(); partition++) {
      chunks.add(new HashMap<>());
      first[partition] = -1;
      lastTime[partition] = Long.MIN_VALUE;
    }
  }

  /**
   * The training sets of a log.
   *
   * @param every samples between triggers
   * @param arrival seed of the order in which blocks arrive, and of restores if it is not 0
   */
  static List<Choice> of(RandomLog log, SelectionSpec selection, int every, long seed, long arrival)
      throws IOException {
    SelectionRun run = new SelectionRun(log, selection, seed);
    run.replay(new TriggerSpec.DataAmount(every), arrival);
    return run.choices;
  }

  private void replay(TriggerSpec trigger, long arrival) throws IOException {
    SplittableRandom random = new SplittableRandom(arrival);
    long keep = TriggerLedger.mostLastOf(selection).orElse(0);
    Timeline timeline = new Timeline(log.partitions(), keep);
    TriggerLedger ledger = new TriggerLedger(trigger, selection);
    List<SampleBlock> blocks = log.arrival(random);
    for (SampleBlock block : blocks) {
      keep(block);
      timeline.add(block);
      Run run = timeline.releasable();
      ledger.advance(run, this::answer);
      timeline.release(run);
      if (arrival != 0 && random.nextInt(5) == 0) {
        timeline = Timeline.read(Restart.of(timeline::write), keep);
        TriggerLedger restored = new TriggerLedger(trigger, selection);
        restored.read(Restart.of(ledger::write));
        ledger = restored;
      }
    }
  }

  private void keep(SampleBlock block) {
    int partition = block.partition();
    if (first[partition] < 0) {
      first[partition] = block.startOffset();
      seenEnd[partition] = block.startOffset();
    }
    PartitionMemory memory = memory(partition);
    memory.holes().addHoles(block, seenEnd[partition]);
    memory.labels().add(block);
    lastTime[partition] = memory.times().add(block, lastTime[partition]);
    seenEnd[partition] = block.endOffset();
  }

  private void answer(LedgerEntry entry) {
    if (entry.answer().outcome() != Outcome.FIRED) {
      return;
    }
    List<PartitionRequest> requests =
        planner.plan(
            new FiredTrigger(
                entry.number(),
                entry.triggerNumber(),
                entry.windowStart(),
                entry.boundary(),
                entry.windowSamples(),
                entry.groups()));
    TreeMap<Integer, List<PartitionSelection>> parts = new TreeMap<>();
    for (int partition = 0; partition < requests.size(); partition++) {
      PartitionRequest request = restored(requests.get(partition));
      PartitionMemory memory = memory(partition);
      parts.put(
          partition,
          new PartitionSelector(partition, Math.max(first[partition], 0), memory)
              .select(PIPELINE, request));
      memory.forget(0, request.keepFrom());
    }
    SampleSet set = TrainingSetAssembly.join(parts, requests.get(0));
    int seen = (int) (entry.triggerNumber() * entry.evidence());
    choices.add(new Choice((int) entry.triggerNumber(), seen, set));
  }

  private static PartitionRequest restored(PartitionRequest request) {
    try {
      return PartitionRequest.read(Restart.of(request::write));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PartitionMemory memory(int partition) {
    Map<String, byte[]> ofPartition = chunks.get(partition);
    return new PartitionMemory(name -> new MapChunks(ofPartition, name), RandomLog.CLASSES);
  }

  /** Chunks in a map. */
  private record MapChunks(Map<String, byte[]> map, String name) implements Chunks {

    @Override
    public byte @Nullable [] get(long chunk) {
      return map.get(name + "#" + chunk);
    }

    @Override
    public void put(long chunk, byte[] bytes) {
      map.put(name + "#" + chunk, bytes.clone());
    }

    @Override
    public void remove(long chunk) {
      map.remove(name + "#" + chunk);
    }
  }

  @Override
  public Optional<TriggerGroups> groups(long trigger) {
    return Optional.ofNullable(groups.get(trigger));
  }

  @Override
  public void keep(long trigger, TriggerGroups kept) {
    try {
      groups.put(trigger, TriggerGroups.read(Restart.of(kept::write)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void forget(long trigger) {
    groups.remove(trigger);
  }

  @Override
  public Optional<long[]> taken(String memory) {
    return Optional.ofNullable(taken.get(memory));
  }

  @Override
  public void keepTaken(String memory, long[] samples) {
    taken.put(memory, samples);
  }
}
