package dev.penstock.flink;

import dev.penstock.schemas.spec.SpecJson;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import java.io.Serial;
import java.io.Serializable;

/** The dataset of a job as functions carry it to task managers: as text, parsed there. */
public final class Dataset implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private final String json;

  private Dataset(String json) {
    this.json = json;
  }

  /** The given dataset, without its recorded files. */
  public static Dataset of(DatasetSpec spec) {
    return new Dataset(SpecJson.write(spec.withoutSource()));
  }

  /** The dataset. */
  public DatasetSpec spec() {
    return SpecJson.readDataset(json);
  }

  /** The dataset as a training task carries it. */
  public String json() {
    return json;
  }
}
