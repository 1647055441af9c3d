package dev.penstock.schemas.spec.dataset;

import static dev.penstock.schemas.spec.yaml.YamlTree.map;
import static dev.penstock.schemas.spec.yaml.YamlTree.unknown;

import dev.penstock.schemas.spec.dataset.SourceSpec.FormatSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.TableSpec;
import dev.penstock.schemas.spec.dataset.SourceSpec.TimeSpec;
import dev.penstock.schemas.spec.yaml.DurationText;
import dev.penstock.schemas.spec.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Datasets as maps, in the form of their files, keys always in the same order. */
public final class DatasetTree {

  private DatasetTree() {}

  public static Map<String, Object> of(DatasetSpec dataset) {
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

  private static String text(char character) {
    return String.valueOf(character);
  }
}
