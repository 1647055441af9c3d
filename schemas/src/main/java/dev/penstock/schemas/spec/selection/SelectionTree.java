package dev.penstock.schemas.spec.selection;

import dev.penstock.schemas.spec.selection.SelectionSpec.Force;
import dev.penstock.schemas.spec.selection.SelectionSpec.Grouping;
import dev.penstock.schemas.spec.selection.SelectionSpec.Phase;
import dev.penstock.schemas.spec.yaml.DurationText;
import dev.penstock.schemas.spec.yaml.YamlMap;
import dev.penstock.schemas.spec.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Selections as maps, in the form of their files. */
public final class SelectionTree {

  private SelectionTree() {}

  public static Map<String, Object> of(SelectionSpec selection) {
    if (selection instanceof SelectionSpec.NewData newData) {
      return newData(newData);
    }
    if (selection instanceof SelectionSpec.Sampled sampled) {
      return sampled(sampled);
    }
    if (selection instanceof SelectionSpec.RandomNoReplacement random) {
      Map<String, Object> tree = YamlTree.map("type", "random-no-replacement");
      tree.put("warmup-triggers", random.warmupTriggers());
      putSize(tree, random.size());
      return tree;
    }
    if (selection instanceof SelectionSpec.Freshness freshness) {
      Map<String, Object> tree =
          YamlTree.map("type", "freshness", "unused-data-ratio", freshness.unusedDataRatio());
      if (!freshness.limit().equals(SampleSize.ALL)) {
        tree.put("limit", bound(freshness.limit()));
      }
      tree.put("weights", YamlMap.kebab(freshness.weights()));
      return tree;
    }
    if (selection instanceof SelectionSpec.Buffer buffer) {
      Map<String, Object> tree =
          YamlTree.map(
              "type",
              buffer.classBalanced() ? "class-balanced-replay" : "reservoir",
              "capacity",
              buffer.capacity());
      if (buffer.classBalanced()) {
        tree.put("weights", YamlMap.kebab(buffer.weights()));
      }
      return tree;
    }
    if (selection instanceof SelectionSpec.RecencyDecayed decayed) {
      return YamlTree.map(
          "type", "recency-decayed",
          "half-life", DurationText.write(decayed.halfLife()),
          "samples", decayed.samples());
    }
    if (selection instanceof SelectionSpec.Schedule schedule) {
      return schedule(schedule);
    }
    throw YamlTree.unknown(selection);
  }

  private static Map<String, Object> newData(SelectionSpec.NewData newData) {
    Map<String, Object> tree = YamlTree.map("type", "new-data");
    putTail(tree, newData.tailTriggers());
    newData
        .limit()
        .ifPresent(
            limit -> {
              Map<String, Object> bound = bound(limit.size());
              bound.put("keep", YamlMap.kebab(limit.keep()));
              tree.put("limit", bound);
            });
    return tree;
  }

  private static Map<String, Object> sampled(SelectionSpec.Sampled sampled) {
    Grouping grouping = sampled.grouping();
    Map<String, Object> tree = YamlTree.map("type", type(grouping));
    if (grouping instanceof Grouping.Time time) {
      tree.put("every", DurationText.write(time.width()));
    }
    if (grouping instanceof Grouping.Label || grouping instanceof Grouping.Trigger) {
      tree.put("force-column-balancing", sampled.force() == Force.COLUMN_BALANCING);
      tree.put("force-required-target-size", sampled.force() == Force.REQUIRED_TARGET_SIZE);
    }
    putTail(tree, sampled.tailTriggers());
    tree.put("warmup-triggers", sampled.warmupTriggers());
    putSize(tree, sampled.size());
    tree.put("weights", YamlMap.kebab(sampled.weights()));
    return tree;
  }

  private static String type(Grouping grouping) {
    if (grouping instanceof Grouping.Label) {
      return "label-balanced";
    }
    if (grouping instanceof Grouping.Trigger) {
      return "trigger-balanced";
    }
    if (grouping instanceof Grouping.Time time) {
      return time.spread() == Grouping.Spread.EQUAL ? "time-balanced" : "time-stratified";
    }
    return "random";
  }

  private static void putTail(Map<String, Object> tree, Optional<Integer> tailTriggers) {
    tree.put("tail-triggers", tailTriggers.<Object>map(triggers -> triggers).orElse("all"));
  }

  private static void putSize(Map<String, Object> tree, SampleSize size) {
    tree.put("ratio", size.ratio());
    tree.put("ratio-max", size.ratioMax());
    size.samples().ifPresent(samples -> tree.put("limit", YamlTree.map("samples", samples)));
  }

  private static Map<String, Object> bound(SampleSize size) {
    return size.samples()
        .map(samples -> YamlTree.map("samples", samples))
        .orElseGet(() -> YamlTree.map("share", size.percentage()));
  }

  private static Map<String, Object> schedule(SelectionSpec.Schedule schedule) {
    List<Object> phases = new ArrayList<>();
    for (Phase phase : schedule.phases()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      phase.untilTrigger().ifPresent(trigger -> tree.put("until-trigger", trigger));
      tree.put("selection", of(phase.selection()));
      phases.add(tree);
    }
    return YamlTree.map("type", "schedule", "phases", phases);
  }
}
