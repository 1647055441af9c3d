package dev.penstock.core.selection;

import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.chunk.KeptSamples;
import dev.penstock.core.selection.chunk.KeptSamples.Kept;
import dev.penstock.core.selection.chunk.LabelChunks;
import dev.penstock.core.selection.chunk.OffsetChunks;
import dev.penstock.core.selection.chunk.PartitionMemory;
import dev.penstock.core.selection.plan.RecencyDecay;
import dev.penstock.core.selection.request.Draw;
import dev.penstock.core.selection.request.PartitionRequest;
import dev.penstock.schemas.trainingset.SampleSet;
import java.time.Duration;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers requests with the part of a training set that lies in one partition. */
public final class PartitionSelector {

  private final int partition;
  private final long first;
  private final PartitionMemory memory;
  private final OffsetChunks holes;

  /**
   * A selector over one partition.
   *
   * @param first offset of the partition that was ever seen
   * @param memory of its samples
   */
  public PartitionSelector(int partition, long first, PartitionMemory memory) {
    this.partition = partition;
    this.first = first;
    this.memory = memory;
    this.holes = memory.holes();
  }

  /**
   * The samples that are, or may be, in the training set, a selection a draw.
   *
   * @param pipeline whose request it is
   */
  public List<PartitionSelection> select(String pipeline, PartitionRequest request) {
    String name = pipeline + "/" + request.memory();
    return switch (request.method()) {
      case LOWEST -> lowest(request);
      case REMEMBERED -> remembered(memory.taken(name), request);
      case BUFFERED -> buffered(memory.kept(name), request);
      case DECAYED -> List.of(decayed(memory.kept(name), request));
    };
  }

  private List<PartitionSelection> lowest(PartitionRequest request) {
    long stream = SampleHash.stream(request.seed(), partition);
    List<Draw> draws = request.draws();
    if (draws.get(0).label() != Draw.ANY) {
      List<GroupCollector> groups = collectors(draws);
      scanByLabel(start(draws.get(0)), draws.get(0).to(), stream, groups);
      return groups.stream().map(GroupCollector::selection).toList();
    }
    return draws.stream().map(draw -> ofRange(draw, stream)).toList();
  }

  private PartitionSelection ofRange(Draw draw, long stream) {
    RangeSelection range =
        new RangeSelection(partition, BottomK.of(draw.wanted(), draw.size()), stream, holes);
    range.add(start(draw), draw.to());
    return range.selection();
  }

  private List<GroupCollector> collectors(List<Draw> draws) {
    return draws.stream().map(draw -> GroupCollector.of(partition, draw)).toList();
  }

  private long start(Draw draw) {
    return Math.max(draw.from(), first);
  }

  /** Is told samples and their hashes. */
  private interface Visitor {
    void sample(long offset, long hash);
  }

  private void scan(long from, long to, long stream, Visitor visitor) {
    for (long start = from; start < to; ) {
      long end = holes.next(start, to);
      for (long offset = start; offset < end; offset++) {
        visitor.sample(offset, SampleHash.of(stream, offset));
      }
      start = end + 1;
    }
  }

  /** What is no sample has no class. */
  private void scanByLabel(long from, long to, long stream, List<GroupCollector> groups) {
    @Nullable GroupCollector[] byLabel = byLabel(groups);
    LabelChunks labels = memory.labels();
    for (long offset = from; offset < to; offset++) {
      int label = labels.label(offset);
      if (label >= 0 && label < byLabel.length) {
        GroupCollector group = byLabel[label];
        if (group != null) {
          group.add(offset, SampleHash.of(stream, offset));
        }
      }
    }
  }

  private static @Nullable GroupCollector[] byLabel(List<GroupCollector> groups) {
    int most = groups.stream().mapToInt(GroupCollector::label).max().orElse(-1);
    @Nullable GroupCollector[] byLabel = new GroupCollector[most + 1];
    groups.forEach(group -> byLabel[group.label()] = group);
    return byLabel;
  }

  /** The first draw is of what was not taken before, the second of what was. */
  private List<PartitionSelection> remembered(OffsetChunks taken, PartitionRequest request) {
    Draw unused = request.draws().get(0);
    Draw used = request.draws().get(1);
    GroupCollector ofUnused = own(unused);
    GroupCollector ofUsed = own(used);
    long stream = SampleHash.stream(request.seed(), partition);
    scan(
        start(unused),
        unused.to(),
        stream,
        (offset, hash) -> (taken.contains(offset) ? ofUsed : ofUnused).add(offset, hash));
    SampleSet newlyTaken = chosen(ofUnused, unused.ownWanted(), request.seed());
    SampleSet takenAgain = chosen(ofUsed, used.ownWanted(), request.seed());
    if (request.startsAnew()) {
      taken.clear(start(unused), unused.to());
      add(takenAgain, taken);
    }
    add(newlyTaken, taken);
    return List.of(
        new PartitionSelection(newlyTaken, new long[0]),
        new PartitionSelection(takenAgain, new long[0]));
  }

  private GroupCollector own(Draw draw) {
    return new GroupCollector(partition, draw.label(), draw.ownWanted(), draw.ownSize());
  }

  private SampleSet chosen(GroupCollector group, long wanted, long seed) {
    if (wanted == 0) {
      return SampleSet.builder().build();
    }
    TreeMap<Integer, PartitionSelection> own = new TreeMap<>();
    own.put(partition, group.selection());
    return TrainingSetAssembly.join(own, wanted, seed);
  }

  private void add(SampleSet samples, OffsetChunks to) {
    for (PrimitiveIterator.OfLong offsets = samples.offsets(partition); offsets.hasNext(); ) {
      to.add(offsets.nextLong());
    }
    to.store();
  }

  private List<PartitionSelection> buffered(KeptSamples kept, PartitionRequest request) {
    List<GroupCollector> groups = collectors(request.draws());
    long stream = SampleHash.stream(request.seed(), partition);
    for (GroupCollector group : groups) {
      for (long offset : kept.load(group.label()).offsets()) {
        group.add(offset, SampleHash.of(stream, offset));
      }
    }
    Draw draw = request.draws().get(0);
    long from = Math.max(start(draw), kept.seenEnd());
    if (draw.label() == Draw.ANY) {
      scan(from, draw.to(), stream, groups.get(0)::add);
    } else {
      scanByLabel(from, draw.to(), stream, groups);
    }
    for (GroupCollector group : groups) {
      kept.store(group.label(), new Kept(group.offsets(), new long[0]));
    }
    kept.seenEnd(draw.to());
    return groups.stream().map(GroupCollector::selection).toList();
  }

  private PartitionSelection decayed(KeptSamples kept, PartitionRequest request) {
    Draw draw = request.draws().get(0);
    DecayedChoice choice =
        new DecayedChoice(
            Math.toIntExact(draw.wanted()),
            new RecencyDecay(Duration.ofMillis(request.halfLifeMillis())),
            SampleHash.stream(request.seed(), partition),
            kept.load(Draw.ANY));
    choice.add(memory.times(), holes, Math.max(start(draw), kept.seenEnd()), draw.to());
    Kept now = choice.lowest();
    kept.store(Draw.ANY, now);
    kept.seenEnd(draw.to());
    return new PartitionSelection(SampleSet.builder().build(), now.offsets(), now.keys());
  }
}
