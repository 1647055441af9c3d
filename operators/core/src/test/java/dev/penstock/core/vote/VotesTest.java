package dev.penstock.core.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.vote.EnsembleVotes.Outcome;
import dev.penstock.schemas.spec.trigger.vote.VoteSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules over votes, and votes over positions. */
final class VotesTest {

  @Test
  void countsVotes() {
    boolean[] half = {true, false};
    boolean[] most = {true, false, true};
    boolean[] none = {};

    assertThat(new VoteRule.Majority().suffice(half)).isFalse();
    assertThat(new VoteRule.Majority().suffice(most)).isTrue();
    assertThat(new VoteRule.AtLeast(2).suffice(half)).isFalse();
    assertThat(new VoteRule.AtLeast(2).suffice(most)).isTrue();
    assertThat(new VoteRule.Any().suffice(half)).isTrue();
    assertThat(new VoteRule.Any().suffice(none)).isFalse();
    assertThat(new VoteRule.All().suffice(most)).isFalse();
    assertThat(new VoteRule.All().suffice(new boolean[] {true})).isTrue();
    assertThat(new VoteRule.All().suffice(none)).isFalse();
  }

  @Test
  void weighsVotes() {
    VoteRule weighted = new VoteRule.Weighted(List.of(3.0, 1.0, 2.0), 0.5);

    assertThat(weighted.suffice(new boolean[] {true, false, false})).isFalse();
    assertThat(weighted.suffice(new boolean[] {true, true, false})).isTrue();
    assertThatThrownBy(() -> weighted.suffice(new boolean[] {true}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("votes must be as many as weights, 3, got 1");
  }

  @Test
  void declaredRulesAreOverTheMembersByName() {
    List<String> members = List.of("a", "b", "c");
    VoteSpec weighted = new VoteSpec.Weighted(Map.of("c", 3.0, "a", 1.0, "b", 1.0), 0.5);
    boolean[] onlyC = {false, false, true};

    assertThat(VoteRules.create(weighted, members).suffice(onlyC)).isTrue();
    assertThat(VoteRules.create(new VoteSpec.MajorityVote(), members).suffice(onlyC)).isFalse();
    assertThat(VoteRules.create(new VoteSpec.AtLeastN(1), members).suffice(onlyC)).isTrue();
    assertThat(VoteRules.create(new VoteSpec.Any(), members).suffice(onlyC)).isTrue();
    assertThat(VoteRules.create(new VoteSpec.All(), members).suffice(onlyC)).isFalse();
  }

  @Test
  void refusesRulesThatTheMembersCannotMeet() {
    assertThatThrownBy(() -> VoteRules.create(new VoteSpec.AtLeastN(3), List.of("a", "b")))
        .hasMessage("vote.n must be at most the 2 members, got 3");
    VoteSpec weighted = new VoteSpec.Weighted(Map.of("a", 1.0, "z", 1.0), 0.5);
    assertThatThrownBy(() -> VoteRules.create(weighted, List.of("b", "a")))
        .hasMessage("vote.weights must be of every member [a, b], got [a, z]");
  }

  @Test
  void countsSilentMembersFromTheStart() {
    EnsembleVotes votes = new EnsembleVotes(3, new VoteRule.Majority());

    assertThat(votes.add(new boolean[] {true, false, false})).isEqualTo(Outcome.WAITING);
    assertThat(votes.add(new boolean[] {true, false, false})).isEqualTo(Outcome.UNCHANGED);
    assertThat(votes.add(new boolean[] {false, false, true})).isEqualTo(Outcome.FIRED);
    assertThat(votes.votes()).containsOnly(false);
  }

  @Test
  void keepsVotesOverARestore() throws IOException {
    EnsembleVotes votes = new EnsembleVotes(2, new VoteRule.All());
    votes.add(new boolean[] {false, true});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    votes.write(new DataOutputStream(bytes));

    EnsembleVotes restored = new EnsembleVotes(2, new VoteRule.All());
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(restored.add(new boolean[] {true, false})).isEqualTo(Outcome.FIRED);
  }
}
