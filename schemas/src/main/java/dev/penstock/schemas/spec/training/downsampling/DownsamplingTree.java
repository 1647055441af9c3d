package dev.penstock.schemas.spec.training.downsampling;

import static dev.penstock.schemas.spec.yaml.YamlTree.map;

import dev.penstock.schemas.spec.training.downsampling.DownsamplerSpec.Mode;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingMethod.Search;
import dev.penstock.schemas.spec.training.downsampling.DownsamplingSpec.Phase;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Downsampling as maps and lists, in the form of a pipeline's file. */
public final class DownsamplingTree {

  private DownsamplingTree() {}

  public static Map<String, Object> of(DownsamplingSpec downsampling) {
    List<Phase> phases = downsampling.phases();
    Map<String, Object> tree =
        phases.size() == 1 ? of(phases.get(0).downsampler()) : schedule(phases);
    tree.put("warmup-triggers", downsampling.warmupTriggers());
    return tree;
  }

  private static Map<String, Object> schedule(List<Phase> phases) {
    List<Map<String, Object>> trees = new ArrayList<>();
    for (Phase phase : phases) {
      Map<String, Object> tree = new LinkedHashMap<>();
      phase.untilTrigger().ifPresent(trigger -> tree.put("until-trigger", trigger));
      tree.put("downsampling", of(phase.downsampler()));
      trees.add(tree);
    }
    return map("type", "schedule", "phases", trees);
  }

  private static Map<String, Object> of(DownsamplerSpec downsampler) {
    Map<String, Object> tree = method(downsampler.method());
    downsampler
        .amount()
        .samples()
        .ifPresentOrElse(
            samples -> tree.put("samples", samples),
            () -> {
              tree.put("ratio", downsampler.amount().ratio());
              tree.put("ratio-max", downsampler.amount().ratioMax());
            });
    if (!(downsampler.method() instanceof DownsamplingMethod.Rs2)) {
      tree.put("mode", YamlMap.kebab(downsampler.mode()));
      if (downsampler.mode() == Mode.SAMPLE_THEN_BATCH) {
        tree.put("period", downsampler.period());
      }
    }
    tree.put("per-class", downsampler.perClass());
    return tree;
  }

  private static Map<String, Object> method(DownsamplingMethod method) {
    if (method instanceof DownsamplingMethod.Loss) {
      return map("type", "loss");
    }
    if (method instanceof DownsamplingMethod.GradientNorm norm) {
      return map("type", "gradient-norm", "gradients", YamlMap.kebab(norm.gradients()));
    }
    if (method instanceof DownsamplingMethod.Uncertainty uncertainty) {
      return map("type", "uncertainty", "score-metric", YamlMap.kebab(uncertainty.scoreMetric()));
    }
    if (method instanceof DownsamplingMethod.KCenter kCenter) {
      return map("type", "k-center", "part-size", kCenter.partSize());
    }
    if (method instanceof DownsamplingMethod.Submodular submodular) {
      Map<String, Object> tree =
          map("type", "submodular", "function", YamlMap.kebab(submodular.function()));
      return search(tree, submodular.search());
    }
    if (method instanceof DownsamplingMethod.Craig craig) {
      return search(map("type", "craig"), craig.search());
    }
    if (method instanceof DownsamplingMethod.GradMatch match) {
      return map(
          "type", "grad-match",
          "penalty", match.penalty(),
          "gradients", YamlMap.kebab(match.gradients()),
          "part-size", match.partSize());
    }
    if (method instanceof DownsamplingMethod.RhoLoss rho) {
      return map(
          "type", "rho-loss",
          "holdout", YamlMap.kebab(rho.holdout()),
          "holdout-ratio", rho.holdoutRatio(),
          "irreducible-epochs", rho.epochs());
    }
    if (method instanceof DownsamplingMethod.Rs2 rs2) {
      return map("type", "rs2", "with-replacement", rs2.withReplacement());
    }
    throw YamlTree.unknown(method);
  }

  private static Map<String, Object> search(Map<String, Object> tree, Search search) {
    tree.put("greedy", YamlMap.kebab(search.greedy()));
    tree.put("epsilon", search.epsilon());
    tree.put("gradients", YamlMap.kebab(search.gradients()));
    tree.put("part-size", search.partSize());
    return tree;
  }
}
