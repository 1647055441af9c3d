package dev.penstock.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.schemas.trainingset.SampleSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShardTest {

  private static final SampleSet SET =
      SampleSet.builder().addRange(0, 10, 20).add(0, 39).addRange(2, 100, 110).build();

  @Test
  void oneShardHasAPartitionFromItsFirstToItsLastSample() {
    assertThat(Shard.of(SET, 1))
        .containsExactly(new Shard(0, 10, 40, 0, 11), new Shard(2, 100, 110, 11, 10));
  }

  @Test
  void severalShardsCoverEverySampleOnceInOrder() {
    for (int count = 1; count <= 50; count++) {
      List<Shard> shards = Shard.of(SET, count);

      int index = 0;
      for (Shard shard : shards) {
        assertThat(shard.firstIndex()).isEqualTo(index);
        assertThat(shard.samples()).isPositive();
        index += shard.samples();
      }
      assertThat(index).isEqualTo(SET.size());
    }
  }
}
