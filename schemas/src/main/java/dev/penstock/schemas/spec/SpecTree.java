package dev.penstock.schemas.spec;

import dev.penstock.schemas.spec.EvaluationSpec.Slice;
import dev.penstock.schemas.spec.SourceSpec.FormatSpec;
import dev.penstock.schemas.spec.SourceSpec.TableSpec;
import dev.penstock.schemas.spec.SourceSpec.TimeSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Specs as maps and lists, in the form of their files, keys always in the same order. */
final class SpecTree {

  private SpecTree() {}

  static Map<String, Object> of(DatasetSpec dataset) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", "dataset");
    tree.put("name", dataset.name());
    tree.put("topic", dataset.topic());
    tree.put("payload", payload(dataset.payload()));
    tree.put("label", label(dataset.label()));
    Map<String, Object> contract = new LinkedHashMap<>();
    dataset.contract().maxAhead().ifPresent(d -> contract.put("max-ahead", DurationText.write(d)));
    dataset
        .contract()
        .idleAfter()
        .ifPresent(d -> contract.put("idle-after", DurationText.write(d)));
    tree.put("contract", contract);
    dataset.source().ifPresent(source -> tree.put("source", source(source)));
    return tree;
  }

  static Map<String, Object> of(PipelineSpec pipeline) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", "pipeline");
    tree.put("name", pipeline.name());
    tree.put("dataset", pipeline.dataset());
    tree.put("trigger", TriggerTree.of(pipeline.trigger()));
    pipeline
        .predictions()
        .ifPresent(predictions -> tree.put("predictions", map("topic", predictions.topic())));
    tree.put("selection", SelectionTree.of(pipeline.selection()));
    tree.put("training", TrainingTree.of(pipeline.training()));
    tree.put("model-storage", of(pipeline.modelStorage()));
    tree.put("evaluation", Map.of("slice", slice(pipeline.evaluation().slice())));
    return tree;
  }

  static Map<String, Object> of(ModelStorageSpec storage) {
    Map<String, Object> tree;
    if (storage instanceof ModelStorageSpec.Delta delta) {
      tree =
          map(
              "type", "delta",
              "operator", YamlMap.kebab(delta.operator()),
              "base", YamlMap.kebab(delta.base()),
              "full-model-interval", delta.fullModelInterval());
    } else if (storage instanceof ModelStorageSpec.Full) {
      tree = map("type", "full");
    } else {
      throw unknown(storage);
    }
    tree.put("zstd-level", storage.zstdLevel());
    tree.put("byte-shuffle", storage.byteShuffle());
    return tree;
  }

  private static Map<String, Object> payload(PayloadSpec payload) {
    if (payload instanceof PayloadSpec.Tensor tensor) {
      return map("type", "tensor", "dtype", YamlMap.kebab(tensor.dtype()), "shape", tensor.shape());
    }
    if (payload instanceof PayloadSpec.Text text) {
      return map("type", "text", "max-bytes", text.maxBytes());
    }
    throw unknown(payload);
  }

  private static Map<String, Object> label(LabelSpec label) {
    if (label instanceof LabelSpec.Classes classes) {
      Map<String, Object> tree = map("type", "classes", "names", classes.names());
      classes.from().ifPresent(from -> tree.put("from", recorded(from)));
      return tree;
    }
    if (label instanceof LabelSpec.Real) {
      return map("type", "real");
    }
    if (label instanceof LabelSpec.None) {
      return map("type", "none");
    }
    throw unknown(label);
  }

  private static Map<String, Object> recorded(RecordedLabel from) {
    if (from instanceof RecordedLabel.Real real) {
      return map("type", "real", "thresholds", real.thresholds());
    }
    if (from instanceof RecordedLabel.Classes classes) {
      Map<String, Object> tree =
          map("type", "classes", "names", classes.names(), "to", classes.to());
      classes.other().ifPresent(other -> tree.put("other", other));
      return tree;
    }
    throw unknown(from);
  }

  static Map<String, Object> vote(VoteSpec vote) {
    if (vote instanceof VoteSpec.MajorityVote) {
      return map("type", "majority-vote");
    }
    if (vote instanceof VoteSpec.AtLeastN atLeast) {
      return map("type", "at-least-n", "n", atLeast.n());
    }
    if (vote instanceof VoteSpec.Any) {
      return map("type", "any");
    }
    if (vote instanceof VoteSpec.All) {
      return map("type", "all");
    }
    if (vote instanceof VoteSpec.Weighted weighted) {
      return map("type", "weighted", "weights", weighted.weights(), "share", weighted.share());
    }
    throw unknown(vote);
  }

  private static Map<String, Object> slice(Slice slice) {
    if (slice instanceof Slice.Samples samples) {
      return map("samples", samples.samples());
    }
    if (slice instanceof Slice.Every every) {
      return map("every", DurationText.write(every.every()));
    }
    throw unknown(slice);
  }

  private static Map<String, Object> source(SourceSpec source) {
    return map(
        "files", source.files(), "format", format(source.format()), "time", time(source.time()));
  }

  private static Map<String, Object> time(TimeSpec time) {
    if (time instanceof TimeSpec.RowOrder rows) {
      return map(
          "type", "row-order",
          "start", rows.start().toString(),
          "step", DurationText.write(rows.step()));
    }
    if (time instanceof TimeSpec.Columns columns) {
      return map("type", "columns", "columns", columns.columns(), "pattern", columns.pattern());
    }
    throw unknown(time);
  }

  private static Map<String, Object> format(FormatSpec format) {
    if (format instanceof FormatSpec.Csv csv) {
      Map<String, Object> tree =
          map("type", "csv", "separator", text(csv.separator()), "header", csv.header());
      if (!csv.columns().isEmpty()) {
        tree.put("columns", csv.columns());
      }
      csv.comment().ifPresent(comment -> tree.put("comment", text(comment)));
      tree.put("quoted", csv.quote().isPresent());
      csv.quote().ifPresent(quote -> tree.put("quote", text(quote)));
      tree.putAll(table(csv.table()));
      return tree;
    }
    if (format instanceof FormatSpec.Arff arff) {
      Map<String, Object> tree = map("type", "arff");
      tree.putAll(table(arff.table()));
      return tree;
    }
    if (format instanceof FormatSpec.Libsvm) {
      return map("type", "libsvm");
    }
    if (format instanceof FormatSpec.Idx idx) {
      return map("type", "idx", "labels", idx.labels());
    }
    if (format instanceof FormatSpec.Images images) {
      return map(
          "type", "images",
          "width", images.width(),
          "height", images.height(),
          "color", images.color());
    }
    throw unknown(format);
  }

  private static Map<String, Object> table(TableSpec table) {
    Map<String, Object> tree = new LinkedHashMap<>();
    table.label().ifPresent(label -> tree.put("label", label));
    table.key().ifPresent(key -> tree.put("key", key));
    table.text().ifPresent(text -> tree.put("text", text));
    tree.put("drop", table.drop());
    tree.put("missing", table.missing());
    tree.put("on-missing", YamlMap.kebab(table.onMissing()));
    tree.put("categorical", YamlMap.kebab(table.categorical()));
    return tree;
  }

  static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tree.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
    }
    return tree;
  }

  private static String text(char character) {
    return String.valueOf(character);
  }

  static IllegalArgumentException unknown(Object spec) {
    return new IllegalArgumentException("No text form of " + spec);
  }
}
