package dev.penstock.schemas.spec.training.optimization;

import static dev.penstock.schemas.spec.yaml.YamlTree.map;
import static dev.penstock.schemas.spec.yaml.YamlTree.unknown;

import dev.penstock.schemas.spec.training.optimization.OptimizationSpec.Clipping;
import dev.penstock.schemas.spec.training.optimization.OptimizationSpec.Group;
import dev.penstock.schemas.spec.training.optimization.ScheduleSpec.Shape;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Optimizations as maps, in the form of their files. */
public final class OptimizationTree {

  private OptimizationTree() {}

  /** Puts the keys that {@link OptimizationReader} reads. */
  public static void put(OptimizationSpec optimization, Map<String, Object> tree) {
    tree.put("optimizer", optimizer(optimization.optimizer()));
    if (!optimization.groups().isEmpty()) {
      Map<String, Object> groups = new LinkedHashMap<>();
      optimization.groups().forEach((name, group) -> groups.put(name, group(group)));
      tree.put("parameter-groups", groups);
    }
    tree.put("learning-rate-schedule", schedule(optimization.schedule()));
    optimization.clipping().ifPresent(c -> tree.put("gradient-clipping", clipping(c)));
  }

  public static Map<String, Object> optimizer(OptimizerSpec optimizer) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", type(optimizer));
    tree.put("learning-rate", optimizer.learningRate());
    tree.put("weight-decay", optimizer.weightDecay());
    if (optimizer instanceof OptimizerSpec.Sgd sgd) {
      tree.put("momentum", sgd.momentum());
      tree.put("dampening", sgd.dampening());
      tree.put("nesterov", sgd.nesterov());
    } else if (optimizer instanceof OptimizerSpec.Adam adam) {
      putMoments(adam.moments(), tree);
    } else if (optimizer instanceof OptimizerSpec.AdamW adamW) {
      putMoments(adamW.moments(), tree);
    } else if (optimizer instanceof OptimizerSpec.RmsProp rmsProp) {
      tree.put("alpha", rmsProp.alpha());
      tree.put("eps", rmsProp.eps());
      tree.put("momentum", rmsProp.momentum());
      tree.put("centered", rmsProp.centered());
    } else if (optimizer instanceof OptimizerSpec.Adagrad adagrad) {
      tree.put("lr-decay", adagrad.learningRateDecay());
      tree.put("initial-accumulator-value", adagrad.initialAccumulator());
      tree.put("eps", adagrad.eps());
    }
    return tree;
  }

  private static String type(OptimizerSpec optimizer) {
    if (optimizer instanceof OptimizerSpec.Sgd) {
      return "sgd";
    }
    if (optimizer instanceof OptimizerSpec.Adam) {
      return "adam";
    }
    if (optimizer instanceof OptimizerSpec.AdamW) {
      return "adamw";
    }
    if (optimizer instanceof OptimizerSpec.RmsProp) {
      return "rmsprop";
    }
    if (optimizer instanceof OptimizerSpec.Adagrad) {
      return "adagrad";
    }
    throw unknown(optimizer);
  }

  private static void putMoments(OptimizerSpec.Moments moments, Map<String, Object> tree) {
    tree.put("betas", List.of(moments.beta1(), moments.beta2()));
    tree.put("eps", moments.eps());
  }

  private static Map<String, Object> group(Group group) {
    Map<String, Object> tree = map("layers", group.layers());
    group.learningRate().ifPresent(rate -> tree.put("learning-rate", rate));
    group.weightDecay().ifPresent(decay -> tree.put("weight-decay", decay));
    tree.put("frozen", group.frozen());
    return tree;
  }

  public static Map<String, Object> schedule(ScheduleSpec schedule) {
    Map<String, Object> tree = shape(schedule.shape());
    tree.put("per", YamlMap.kebab(schedule.per()));
    tree.put("warm-up", schedule.warmUp());
    tree.put("warm-up-factor", schedule.warmUpFactor());
    return tree;
  }

  private static Map<String, Object> shape(Shape shape) {
    if (shape instanceof Shape.Constant) {
      return map("type", "constant");
    }
    if (shape instanceof Shape.Step step) {
      return map("type", "step", "step-size", step.size(), "gamma", step.gamma());
    }
    if (shape instanceof Shape.MultiStep steps) {
      return map("type", "multi-step", "milestones", steps.milestones(), "gamma", steps.gamma());
    }
    if (shape instanceof Shape.Exponential exponential) {
      return map("type", "exponential", "gamma", exponential.gamma());
    }
    if (shape instanceof Shape.Cosine cosine) {
      Map<String, Object> tree = map("type", "cosine");
      cosine.length().ifPresent(length -> tree.put("t-max", length));
      tree.put("eta-min", cosine.min());
      return tree;
    }
    throw unknown(shape);
  }

  private static Map<String, Object> clipping(Clipping clipping) {
    if (clipping instanceof Clipping.Norm norm) {
      return map("norm", norm.max());
    }
    if (clipping instanceof Clipping.Value value) {
      return map("value", value.max());
    }
    throw unknown(clipping);
  }
}
