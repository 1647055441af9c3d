package dev.penstock.worker.benchmark.downsampling;

import java.util.ArrayList;
import java.util.List;

/**
 * Who takes part in a comparison of downsamplers: each keeps the same share of the samples.
 *
 * @param name of the contestant
 * @param downsampling as in a pipeline, with {@code %d} for the percentage; empty: none
 * @param subset whether its training set is a random subset from the start
 */
record DownsamplingContest(String name, String downsampling, boolean subset) {

  /** Every contestant; the baseline is the first. */
  static List<DownsamplingContest> all() {
    List<DownsamplingContest> all = new ArrayList<>();
    all.add(new DownsamplingContest("uniform, one subset", "", /* subset= */ true));
    all.add(of("rs2", "{type: rs2, ratio: %d}"));
    all.add(of("rs2 with replacement", "{type: rs2, ratio: %d, with-replacement: true}"));
    for (String method :
        List.of(
            "type: loss",
            "type: gradient-norm",
            "type: uncertainty, score-metric: least-confidence",
            "type: uncertainty, score-metric: entropy",
            "type: uncertainty, score-metric: margin",
            "type: rho-loss",
            "type: rho-loss, holdout: twin",
            "type: rho-loss, per-class: true")) {
      all.add(of(method.substring(6), "{" + method + ", ratio: %d}"));
    }
    for (String method :
        List.of(
            "type: k-center",
            "type: submodular, function: facility-location",
            "type: submodular, function: graph-cut",
            "type: submodular, function: log-determinant",
            "type: craig",
            "type: grad-match, gradients: last-layer")) {
      all.add(of(method.substring(6), "{" + method + ", part-size: 1000, ratio: %d}"));
    }
    for (String method :
        List.of(
            "type: loss",
            "type: gradient-norm",
            "type: uncertainty, score-metric: margin",
            "type: rho-loss",
            "type: craig")) {
      all.add(
          of(
              method.substring(6) + ", of batches",
              "{" + method + ", mode: batch-then-sample, ratio: %d}"));
    }
    all.add(of("all samples", ""));
    return List.copyOf(all);
  }

  private static DownsamplingContest of(String name, String downsampling) {
    return new DownsamplingContest(
        name.replace("score-metric: ", "").replace("function: ", "").replace("holdout: ", ""),
        downsampling,
        /* subset= */ false);
  }
}
