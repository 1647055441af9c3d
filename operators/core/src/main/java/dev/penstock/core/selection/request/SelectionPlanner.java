package dev.penstock.core.selection.request;

import dev.penstock.core.sampling.Ratio;
import dev.penstock.core.sampling.SampleHash;
import dev.penstock.core.selection.groups.TriggerGroups;
import dev.penstock.core.selection.plan.Balance;
import dev.penstock.core.selection.plan.BalancedShares;
import dev.penstock.core.selection.plan.FreshnessShares;
import dev.penstock.core.selection.plan.NoReplacement;
import dev.penstock.core.selection.plan.PartitionQuotas;
import dev.penstock.core.selection.plan.ReplayBuffer;
import dev.penstock.core.selection.plan.TargetSize;
import dev.penstock.core.selection.plan.TimeStrata;
import dev.penstock.core.selection.request.PartitionRequest.Method;
import dev.penstock.core.selection.request.SelectionRequest.GroupDraw;
import dev.penstock.schemas.spec.selection.SampleSize;
import dev.penstock.schemas.spec.selection.SelectionSpec;
import dev.penstock.schemas.spec.selection.SelectionSpec.Grouping;
import dev.penstock.schemas.spec.selection.SelectionSpec.Keep;
import dev.penstock.schemas.spec.selection.SelectionSpec.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * Turns a pipeline's fired decisions into requests to partitions, from the sizes of groups alone:
 * no sample need be seen to know how many are taken of which group.
 *
 * <p>Where a policy's shares leave nothing (fewer samples wanted than there are classes, none with
 * a class), as many as wanted are taken of all, so that a decision that is to train does.
 */
public final class SelectionPlanner {

  /** Keeps the choice of samples independent of what the training draws from the same seed. */
  private static final long SELECTION = 1;

  /** Seed of choices that stay from trigger to trigger: no decision has this number. */
  private static final long ALL_DECISIONS = 0;

  private final SelectionSpec selection;
  private final long seed;
  private final PlannerMemory memory;
  private final GroupRetention retention;

  /**
   * A planner.
   *
   * @param seed of the pipeline's trainings
   */
  public SelectionPlanner(SelectionSpec selection, long seed, PlannerMemory memory) {
    this.selection = selection;
    this.seed = seed;
    this.memory = memory;
    this.retention = GroupRetention.of(selection);
  }

  /** Seed of what is random in a decision's training. */
  public static long taskSeed(long pipelineSeed, long decision) {
    return SampleHash.derive(pipelineSeed, decision);
  }

  /** Takes notice of a trigger that trains nothing. */
  public void skip(FiredTrigger fired) {
    fired.groups().ifPresent(groups -> keep(fired.number(), groups));
  }

  /** The requests of a trigger, by partition. Triggers come in order. */
  public List<PartitionRequest> plan(FiredTrigger fired) {
    SelectionRequest request = request(fired);
    fired.groups().ifPresent(groups -> keep(fired.number(), groups));
    List<PartitionRequest> parts = new ArrayList<>();
    for (int partition = 0; partition < fired.boundary().length; partition++) {
      parts.add(request.part(partition));
    }
    return parts;
  }

  private void keep(long trigger, TriggerGroups groups) {
    memory.keep(trigger, groups);
    retention.forgotten(trigger).ifPresent(memory::forget);
  }

  private SelectionRequest request(FiredTrigger fired) {
    SelectionSpec policy = selection.at(fired.number());
    if (policy instanceof SelectionSpec.NewData newData) {
      SampleSize size =
          newData
              .limit()
              .filter(limit -> limit.keep() == Keep.RANDOM)
              .map(SelectionSpec.Limit::size)
              .orElse(SampleSize.ALL);
      return ofWindow(fired, size);
    }
    if (policy instanceof SelectionSpec.Sampled sampled) {
      return sampled(fired, sampled).withWeights(sampled.weights() == Weights.INVERSE_PROBABILITY);
    }
    TriggerGroups groups =
        fired.groups().orElseThrow(() -> new IllegalArgumentException("No groups for " + policy));
    if (policy instanceof SelectionSpec.RandomNoReplacement random) {
      return random.warmupTriggers() >= fired.number()
          ? ofWindow(fired, SampleSize.ALL)
          : noReplacement(fired, groups, random);
    }
    if (policy instanceof SelectionSpec.Freshness freshness) {
      return freshness(fired, groups, freshness)
          .withWeights(freshness.weights() == Weights.INVERSE_PROBABILITY);
    }
    if (policy instanceof SelectionSpec.Buffer buffer) {
      return buffer(fired, groups, buffer)
          .withWeights(buffer.weights() == Weights.INVERSE_PROBABILITY);
    }
    if (policy instanceof SelectionSpec.RecencyDecayed decayed) {
      return decayed(groups, decayed);
    }
    throw new IllegalArgumentException("No plan for " + policy);
  }

  private SelectionRequest ofWindow(FiredTrigger fired, SampleSize size) {
    long samples = fired.windowSamples();
    return SelectionRequest.lowest(
        drawSeed(fired),
        keepFrom(fired),
        List.of(
            GroupDraw.of(
                fired.windowStart(), fired.boundary(), Draw.ANY, samples, target(size, samples))));
  }

  private SelectionRequest sampled(FiredTrigger fired, SelectionSpec.Sampled policy) {
    Grouping grouping = policy.grouping();
    if (policy.warmupTriggers() >= fired.number()) {
      return ofWindow(fired, SampleSize.ALL);
    }
    if (grouping instanceof Grouping.None || fired.groups().isEmpty()) {
      return ofWindow(fired, policy.size());
    }
    TriggerGroups counted = fired.groups().get();
    Window window =
        grouping instanceof Grouping.Label && policy.tailTriggers().isEmpty()
            ? Window.all(counted)
            : Window.of(counted, fired.number(), policy.tailTriggers(), memory);
    List<GroupDraw> groups =
        grouping instanceof Grouping.Label
            ? byLabel(window)
            : grouping instanceof Grouping.Time time
                ? window.spans(time.width().toMillis())
                : window.triggers();
    long[] sizes = groups.stream().mapToLong(GroupDraw::size).toArray();
    long target = target(policy.size(), Arrays.stream(sizes).sum());
    long[] shares = shares(policy, sizes, target, drawSeed(fired));
    if (LongStream.of(shares).sum() == 0) {
      return ofWindow(fired, policy.size());
    }
    return SelectionRequest.lowest(drawSeed(fired), keepFrom(fired), wanted(groups, shares));
  }

  private static List<GroupDraw> byLabel(Window window) {
    long[] labels = window.labels();
    List<GroupDraw> groups = new ArrayList<>();
    for (int label = 0; label < labels.length; label++) {
      if (labels[label] > 0) {
        groups.add(GroupDraw.of(window.start(), window.end(), label, labels[label], 0));
      }
    }
    return groups;
  }

  private static long[] shares(SelectionSpec.Sampled policy, long[] sizes, long target, long seed) {
    if (policy.grouping() instanceof Grouping.Time time) {
      TimeStrata.Spread spread =
          time.spread() == Grouping.Spread.EQUAL
              ? TimeStrata.Spread.EQUAL
              : TimeStrata.Spread.PROPORTIONAL;
      return new TimeStrata(time.width(), spread).shares(sizes, target, seed);
    }
    Balance balance =
        switch (policy.force()) {
          case NONE -> Balance.FAIR;
          case COLUMN_BALANCING -> Balance.EQUAL;
          case REQUIRED_TARGET_SIZE -> Balance.EXACT;
        };
    return BalancedShares.of(sizes, target, balance, seed);
  }

  private static List<GroupDraw> wanted(List<GroupDraw> groups, long[] shares) {
    List<GroupDraw> wanted = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      GroupDraw group = groups.get(i);
      if (shares[i] > 0) {
        wanted.add(GroupDraw.of(group.from(), group.to(), group.label(), group.size(), shares[i]));
      }
    }
    return wanted;
  }

  private SelectionRequest noReplacement(
      FiredTrigger fired, TriggerGroups groups, SelectionSpec.RandomNoReplacement policy) {
    String name = memoryName("random-no-replacement", groups);
    long[] used = taken(name, groups);
    long[] unused = minus(groups.samples(), used);
    NoReplacement.Step step =
        NoReplacement.START.take(
            fired.number(),
            target(policy.size(), groups.total()),
            Arrays.stream(unused).sum(),
            Arrays.stream(used).sum());
    boolean passEnds = step.next().lastComplete() == fired.number();
    return remembered(fired, groups, name, passEnds, step.candidates(), step.others());
  }

  private SelectionRequest freshness(
      FiredTrigger fired, TriggerGroups groups, SelectionSpec.Freshness policy) {
    String name = memoryName("freshness", groups);
    long[] used = taken(name, groups);
    long limit = target(policy.limit(), groups.total());
    FreshnessShares.Mix mix =
        new FreshnessShares(policy.unusedDataRatio(), OptionalLong.of(limit))
            .of(groups.total() - Arrays.stream(used).sum(), Arrays.stream(used).sum());
    return remembered(fired, groups, name, /* startsAnew= */ false, mix.unused(), mix.used());
  }

  private SelectionRequest remembered(
      FiredTrigger fired,
      TriggerGroups groups,
      String name,
      boolean startsAnew,
      long wantedUnused,
      long wantedUsed) {
    long[] used = taken(name, groups);
    long[] unused = minus(groups.samples(), used);
    long drawSeed = drawSeed(fired);
    long[] ofUnused = PartitionQuotas.of(unused, wantedUnused, SampleHash.derive(drawSeed, 0));
    long[] ofUsed = PartitionQuotas.of(used, wantedUsed, SampleHash.derive(drawSeed, 1));
    memory.keepTaken(name, plus(ofUnused, startsAnew ? ofUsed : used));
    return new SelectionRequest(
        Method.REMEMBERED,
        drawSeed,
        name,
        startsAnew,
        /* halfLifeMillis= */ 0,
        /* weighted= */ false,
        groups.origin(),
        List.of(
            remembered(groups, unused, wantedUnused, ofUnused),
            remembered(groups, used, wantedUsed, ofUsed)));
  }

  private static GroupDraw remembered(
      TriggerGroups groups, long[] sizes, long wanted, long[] quotas) {
    return new GroupDraw(
        groups.origin(), groups.end(), Draw.ANY, Arrays.stream(sizes).sum(), wanted, sizes, quotas);
  }

  /** Where counting began anew, so does what is remembered. */
  private static String memoryName(String policy, TriggerGroups groups) {
    return policy + "-" + Integer.toHexString(Arrays.hashCode(groups.origin()));
  }

  private long[] taken(String name, TriggerGroups groups) {
    return memory.taken(name).orElseGet(() -> new long[groups.samples().length]);
  }

  private SelectionRequest buffer(
      FiredTrigger fired, TriggerGroups groups, SelectionSpec.Buffer policy) {
    long bufferSeed = lastingSeed();
    List<GroupDraw> draws;
    if (policy.classBalanced()) {
      Window window = Window.all(groups);
      long[] sizes = window.labels();
      if (LongStream.of(sizes).sum() == 0) {
        return ofWindow(fired, SampleSize.ofSamples(policy.capacity()));
      }
      long[] shares = new ReplayBuffer(policy.capacity()).shares(sizes, bufferSeed);
      draws = new ArrayList<>();
      for (int label = 0; label < shares.length; label++) {
        if (shares[label] > 0) {
          draws.add(
              GroupDraw.of(groups.origin(), groups.end(), label, sizes[label], shares[label]));
        }
      }
    } else {
      long held = Math.min(policy.capacity(), groups.total());
      draws = List.of(GroupDraw.of(groups.origin(), groups.end(), Draw.ANY, groups.total(), held));
    }
    String kind = policy.classBalanced() ? "replay-" : "reservoir-";
    String name = memoryName(kind + policy.capacity(), groups);
    return new SelectionRequest(
        Method.BUFFERED,
        bufferSeed,
        name,
        /* startsAnew= */ false,
        /* halfLifeMillis= */ 0,
        /* weighted= */ false,
        retention.keepsHistory() ? groups.origin() : groups.end(),
        draws);
  }

  private SelectionRequest decayed(TriggerGroups groups, SelectionSpec.RecencyDecayed policy) {
    long wanted = Math.min(policy.samples(), groups.total());
    return new SelectionRequest(
        Method.DECAYED,
        lastingSeed(),
        memoryName("decayed-" + policy.halfLife().toMillis() + "-" + policy.samples(), groups),
        /* startsAnew= */ false,
        policy.halfLife().toMillis(),
        /* weighted= */ false,
        retention.keepsHistory() ? groups.origin() : groups.end(),
        List.of(GroupDraw.of(groups.origin(), groups.end(), Draw.ANY, groups.total(), wanted)));
  }

  /** Where later requests may begin, of policies that choose from a window. */
  private long[] keepFrom(FiredTrigger fired) {
    if (!retention.keepsHistory()) {
      return fired.windowStart();
    }
    if (fired.groups().isPresent()) {
      return fired.groups().get().origin();
    }
    // Of a single policy, all windows begin where the first did, or later.
    return selection.policies().size() == 1
        ? fired.windowStart()
        : new long[fired.windowStart().length];
  }

  private long drawSeed(FiredTrigger fired) {
    return SampleHash.derive(taskSeed(seed, fired.decision()), SELECTION);
  }

  private long lastingSeed() {
    return SampleHash.derive(taskSeed(seed, ALL_DECISIONS), SELECTION);
  }

  /** At least one of any samples. */
  private static long target(SampleSize size, long samples) {
    OptionalLong limit = size.samples().map(OptionalLong::of).orElse(OptionalLong.empty());
    long target = new TargetSize(new Ratio(size.ratio(), size.ratioMax()), limit).of(samples);
    return Math.max(target, Math.min(samples, 1));
  }

  private static long[] plus(long[] one, long[] other) {
    long[] sum = one.clone();
    Arrays.setAll(sum, i -> one[i] + other[i]);
    return sum;
  }

  private static long[] minus(long[] one, long[] other) {
    long[] difference = one.clone();
    Arrays.setAll(difference, i -> one[i] - other[i]);
    return difference;
  }
}
