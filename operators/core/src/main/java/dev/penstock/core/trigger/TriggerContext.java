package dev.penstock.core.trigger;

import dev.penstock.schemas.spec.dataset.DatasetSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is told of its pipeline.
 *
 * @param dataset whose samples it sees; null: of a policy that looks at places and times only
 * @param pipeline index of its feedback in what is observed of a sample
 * @param seed of everything that it draws
 * @param embedder for policies that look at embeddings
 */
public record TriggerContext(
    @Nullable DatasetSpec dataset, int pipeline, long seed, Embedder embedder) {

  /** For policies that look at places and times only. */
  public static final TriggerContext BLIND = new TriggerContext(null, 0, 0, Embedder.NONE);

  /** The same with another seed. */
  public TriggerContext with(long newSeed) {
    return new TriggerContext(dataset, pipeline, newSeed, embedder);
  }
}
