package dev.penstock.worker.downsampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.sampling.Ratio;
import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.training.downsampling.DownsamplerSpec.Amount;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingSpec;
import dev.penstock.worker.data.SampleWeights;
import dev.penstock.worker.downsampling.Scopes.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScopesTest {

  private static final Amount TENTH = new Amount(10, 100, Optional.empty());

  @Test
  void partsHoldEverySampleOnceAndGiveExactlyTheShare() {
    int[] members = IntStream.range(0, 100_000).map(i -> 3 * i).toArray();

    List<Scope> parts = Scopes.whole(members, TENTH, 4096, 7);

    assertThat(parts).hasSize(25);
    assertThat(parts).allMatch(part -> Math.abs(part.members().length - 4000) < 400);
    assertThat(parts.stream().mapToInt(Scope::count).sum()).isEqualTo(10_000);
    int[] all =
        parts.stream().flatMapToInt(part -> IntStream.of(part.members())).sorted().toArray();
    assertThat(all).isEqualTo(members);
  }

  @Test
  void classesGiveTheirShares() {
    int[] members = IntStream.range(0, 1000).toArray();
    long[] labels = IntStream.range(0, 1000).mapToLong(i -> i < 700 ? 0 : 1).toArray();

    assertThat(Scopes.ofClasses(members, labels, TENTH, 4096, 7))
        .extracting(Scope::count)
        .containsExactly(70, 30);
    assertThat(
            Scopes.ofClasses(members, labels, new Amount(1, 1, Optional.of(11)), 4096, 7).stream()
                .mapToInt(Scope::count)
                .sum())
        .isEqualTo(11);
  }

  @Test
  void aHoldoutAndTheOthersAreAllSamples() {
    int[] members = IntStream.range(50, 150).toArray();

    int[][] split = IrreducibleLoss.split(members, Ratio.percent(20), 3);

    assertThat(split[0]).hasSize(20);
    assertThat(IntStream.concat(IntStream.of(split[0]), IntStream.of(split[1])).sorted().toArray())
        .isEqualTo(members);
    assertThat(IrreducibleLoss.split(members, Ratio.percent(20), 4)[0]).isNotEqualTo(split[0]);
  }

  @Test
  void aScheduleIsOfTheTriggersNumber() {
    Optional<DownsamplingSpec> spec =
        SpecJson.readTraining(
                "{model: {type: mlp}, downsampling: {type: schedule, warmup-triggers: 2, phases:"
                    + " [{until-trigger: 4, downsampling: {type: rs2, ratio: 1}},"
                    + " {downsampling: {type: rs2, ratio: 2}}]}}")
            .downsampling();

    List<Integer> ratios =
        IntStream.rangeClosed(1, 6)
            .mapToObj(trigger -> Downsampling.at(spec, trigger))
            .map(downsampler -> downsampler.map(one -> one.amount().ratio()).orElse(0))
            .toList();
    assertThat(ratios).containsExactly(0, 0, 1, 1, 2, 2);
    assertThat(Downsampling.at(Optional.empty(), 1)).isEmpty();
  }

  @Test
  void aSelectionIsTheSameOnceItWasWritten() throws IOException {
    Selection selection =
        new SelectionBuilder()
            .add(new Selection(new int[] {4, 9}, new float[] {1, 0.5f}))
            .add(new Selection(new int[] {2, 7}, new float[] {2, 3}))
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    selection.write(new DataOutputStream(bytes));

    Selection read =
        Selection.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(read.indexes()).containsExactly(2, 4, 7, 9);
    assertThat(read.weights()).containsExactly(2, 1, 3, 0.5f);
    assertThat(Arrays.equals(read.indexes(), selection.indexes())).isTrue();
    float[] base = new float[10];
    Arrays.fill(base, 2);
    assertThat(read.times(SampleWeights.of(base), 10).of(7)).isEqualTo(6);
  }
}
