package dev.penstock.core.trigger;

import dev.penstock.core.timeline.Run;
import dev.penstock.core.trigger.Answer.Measurement;
import dev.penstock.core.trigger.Answer.Outcome;
import dev.penstock.core.vote.EnsembleVotes;
import dev.penstock.core.vote.VoteRule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Fires when enough other policies have fired since its last trigger, and answers wherever one of
 * them does. As Modyn's EnsembleTrigger (SIGMOD 2025), but each member sees no further than the
 * ensemble and is told of every trigger, and members may be of any kind.
 */
public final class EnsemblePolicy implements TriggerPolicy {

  private final List<String> names;
  private final List<TriggerPolicy> members;
  private final EnsembleVotes votes;

  /** Members whose answers are due. */
  private final boolean[] due;

  /**
   * A policy at the start of the log.
   *
   * @param names of the members
   * @param members in the same order
   */
  public EnsemblePolicy(List<String> names, List<TriggerPolicy> members, VoteRule rule) {
    this.names = List.copyOf(names);
    this.members = List.copyOf(members);
    this.votes = new EnsembleVotes(members.size(), rule);
    this.due = new boolean[members.size()];
  }

  @Override
  public String type() {
    return "ensemble";
  }

  @Override
  public String stateFormat() {
    return members.stream()
        .map(TriggerPolicy::stateFormat)
        .collect(Collectors.joining(", ", type() + " of " + names + ": ", ""));
  }

  @Override
  public Optional<Due> due(Run run) {
    return members.stream()
        .map(member -> member.due(run))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  @Override
  public void see(Run run, long samples) {
    Optional<Due> next = due(run).filter(soon -> soon.samples() == samples);
    for (int i = 0; i < members.size(); i++) {
      due[i] = next.isPresent() && members.get(i).due(run).equals(next);
      members.get(i).see(run, samples);
    }
  }

  @Override
  public Answer answer() {
    boolean[] fired = new boolean[members.size()];
    List<Measurement> measurements = new ArrayList<>();
    List<String> said = new ArrayList<>();
    String model = null;
    for (int i = 0; i < members.size(); i++) {
      if (due[i]) {
        Answer answer = members.get(i).answer();
        fired[i] = answer.outcome() == Outcome.FIRED;
        said.add(names.get(i) + (fired[i] ? " fires: " : " holds: ") + answer.reason());
        for (Measurement figure : answer.measurements()) {
          measurements.add(
              new Measurement(
                  names.get(i) + "." + figure.name(), figure.value(), figure.threshold()));
        }
        model = answer.modelVersion().orElse(model);
      }
    }
    int voted = voted(fired);
    boolean fires = votes.add(fired) == EnsembleVotes.Outcome.FIRED;
    measurements.add(Measurement.of("votes", voted));
    String count = voted + " of " + members.size() + " have voted";
    return Answer.of(fires, count + "; " + String.join("; ", said), measurements, model);
  }

  private int voted(boolean[] fired) {
    boolean[] before = votes.votes();
    int count = 0;
    for (int i = 0; i < fired.length; i++) {
      count += before[i] || fired[i] ? 1 : 0;
    }
    return count;
  }

  @Override
  public void triggered(long number) {
    members.forEach(member -> member.triggered(number));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    votes.write(out);
    for (TriggerPolicy member : members) {
      member.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    votes.read(in);
    for (TriggerPolicy member : members) {
      member.read(in);
    }
  }
}
