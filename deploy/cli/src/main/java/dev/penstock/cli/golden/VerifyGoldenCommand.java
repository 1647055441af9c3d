package dev.penstock.cli.golden;

import dev.penstock.cli.golden.conformance.ConformanceSuite;
import dev.penstock.cli.golden.detector.DetectorSuite;
import dev.penstock.cli.golden.detector.FrourosDetectors;
import dev.penstock.cli.golden.detector.MoaDetectors;
import dev.penstock.cli.golden.detector.RiverDetectors;
import dev.penstock.cli.golden.detector.SkmultiflowDetectors;
import dev.penstock.cli.golden.policy.PoliciesSuite;
import dev.penstock.cli.golden.policy.SelectionSuite;
import dev.penstock.cli.golden.recorded.PrequentialSuite;
import dev.penstock.cli.golden.recorded.RealDataSuite;
import dev.penstock.cli.golden.statistic.DiscreteDistancesSuite;
import dev.penstock.cli.golden.statistic.EvidentlyDistancesSuite;
import dev.penstock.cli.golden.statistic.FrourosDistancesSuite;
import dev.penstock.cli.golden.statistic.LsddSuite;
import dev.penstock.cli.golden.statistic.MetricsSuite;
import dev.penstock.cli.golden.statistic.MmdSuite;
import dev.penstock.cli.golden.statistic.TwoSampleTestsSuite;
import dev.penstock.cli.golden.suite.GoldenResult;
import dev.penstock.cli.golden.suite.GoldenResult.Verdict;
import dev.penstock.cli.golden.suite.GoldenSuite;
import dev.penstock.cli.golden.suite.UncomparedSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints how far Penstock agrees with reference implementations. */
@Command(
    name = "verify-golden",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs the cases of reference implementations, JSON files in a folder, and prints"
            + " for each file how many agree within their tolerance. Exit code 1: a case"
            + " disagrees.")
public final class VerifyGoldenCommand implements Callable<Integer> {

  private static final String PUBLISHED =
      "results of other libraries' learners and detectors, which Penstock does not have";

  @Parameters(paramLabel = "DIR", description = "folder of the files")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private Path directory = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder of the recorded datasets that some cases are of, a folder each (default: data"
              + " beside DIR)")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--cases", description = "also print every case that does not agree")
  private boolean cases;

  /** All suites, in the order in which they are printed. */
  static List<GoldenSuite> suites(Path data) {
    return List.of(
        new DetectorSuite("detectors_moa.json", new MoaDetectors()),
        new DetectorSuite("detectors_river.json", new RiverDetectors()),
        new DetectorSuite("detectors_skmultiflow.json", new SkmultiflowDetectors()),
        new DetectorSuite("detectors_frouros.json", new FrourosDetectors()),
        new TwoSampleTestsSuite(),
        new DiscreteDistancesSuite(),
        new EvidentlyDistancesSuite(),
        new FrourosDistancesSuite(),
        new MmdSuite(),
        new LsddSuite(),
        new MetricsSuite(),
        new SelectionSuite(),
        new PoliciesSuite(),
        new ConformanceSuite(),
        new RealDataSuite(data),
        new PrequentialSuite(data),
        new UncomparedSuite("published_results.json", PUBLISHED),
        new UncomparedSuite("published_scads_baselines.json", PUBLISHED),
        new UncomparedSuite("published_dfki_unsupervised_benchmark.json", PUBLISHED));
  }

  @Override
  public Integer call() throws IOException {
    List<GoldenSuite> suites =
        suites(data.orElseGet(() -> directory.toAbsolutePath().resolveSibling("data")));
    List<GoldenSuite> present =
        suites.stream().filter(suite -> Files.exists(directory.resolve(suite.file()))).toList();
    if (present.isEmpty()) {
      throw new IllegalArgumentException(
          "DIR must hold a file such as " + suites.get(0).file() + ", got " + directory);
    }
    boolean disagrees = false;
    System.out.printf("%-44s %6s %9s %13s%n", "file", "agree", "disagree", "not compared");
    for (GoldenSuite suite : present) {
      List<GoldenResult> results = suite.run(directory);
      System.out.printf(
          "%-44s %6d %9d %13d%n",
          suite.file(),
          count(results, Verdict.AGREES),
          count(results, Verdict.DISAGREES),
          count(results, Verdict.NOT_COMPARED));
      disagrees |= count(results, Verdict.DISAGREES) > 0;
      if (cases) {
        results.stream()
            .filter(result -> result.verdict() != Verdict.AGREES)
            .forEach(
                result ->
                    System.out.printf(
                        "  %s %s: %s%n", result.verdict(), result.name(), result.reason()));
      }
    }
    return disagrees ? 1 : 0;
  }

  private static long count(List<GoldenResult> results, Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).count();
  }
}
