package dev.penstock.cli.golden.detector;

import dev.penstock.cli.golden.detector.SameDetector.Estimate;
import dev.penstock.cli.golden.detector.SameDetector.Warnings;
import dev.penstock.core.detector.Cusum;
import dev.penstock.core.detector.Ddm;
import dev.penstock.core.detector.Eddm;
import dev.penstock.core.detector.PageHinkley;
import dev.penstock.core.detector.Side;
import dev.penstock.core.detector.Stepd;

/** In place of frouros' detectors, by the names of their settings. */
public final class FrourosDetectors implements DetectorSuite.Detectors {

  @Override
  public Counterpart counterpart(String name, GoldenParams params) {
    return switch (name) {
      case "ADWIN" ->
          Counterpart.none(
              "river binds: frouros skips the last cut of a row, and bounds by other sizes");
      case "CUSUM" ->
          SameDetector.of(
              new Cusum(
                  new Cusum.Settings(
                      params.integer("min_num_instances", 30),
                      params.number("delta", 0.005),
                      params.number("lambda_", 50))));
      case "DDM" ->
          SameDetector.of(
              new Ddm(
                  new Ddm.Settings(
                      params.integer("min_num_instances", 30),
                      params.number("warning_level", 2),
                      params.number("drift_level", 3))));
      case "EDDM" -> eddm(params);
      case "HDDMA" ->
          Counterpart.none("MOA binds: frouros tests at ln(1/c) where MOA does at ln(2/c)");
      case "HDDMW" ->
          Counterpart.none(
              "MOA binds: frouros' bound begins with the weight of a mean's second value");
      case "PageHinkley" ->
          SameDetector.of(
              new PageHinkley(
                  new PageHinkley.Settings(
                      params.integer("min_num_instances", 30),
                      params.number("delta", 0.005),
                      params.number("lambda_", 50),
                      params.number("alpha", 0.9999),
                      Side.INCREASE,
                      PageHinkley.Origin.START)));
      case "RDDM" ->
          Counterpart.none(
              "MOA binds: frouros begins with all its answers, not those since the warning");
      case "STEPD" -> stepd(params);
      default -> Counterpart.none("Penstock has no such detector");
    };
  }

  private static Counterpart eddm(GoldenParams params) {
    int least = params.integer("min_num_misclassified_instances", 30);
    if (params.number("level", 2) != 2) {
      return Counterpart.none("the paper's level is 2 deviations, and so is Penstock's");
    }
    return new SameDetector(
        new Eddm(
            new Eddm.Settings(
                least, least, params.number("alpha", 0.95), params.number("beta", 0.9))),
        Warnings.AT_ERRORS,
        Estimate.NONE);
  }

  /** Its probabilities are one-sided, half of ours. */
  private static Counterpart stepd(GoldenParams params) {
    return new SameDetector(
        new Stepd(
            new Stepd.Settings(
                params.integer("min_num_instances", 30),
                2 * params.number("alpha_d", 0.003),
                2 * params.number("alpha_w", 0.05),
                Stepd.Reading.MAGNITUDE)),
        Warnings.HIDDEN,
        Estimate.NONE);
  }
}
