package dev.penstock.jobs;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Remembers which metrics the operators of this JVM's clusters have registered, beside those that
 * Flink itself registers for every operator. Flink makes reporters by name: hence the static field.
 */
public final class RegisteredMetrics implements MetricReporterFactory {

  private static final Set<String> ROWS = new ConcurrentSkipListSet<>();

  /** Flink's own, of any operator. */
  private static final String FLINKS =
      "num(Records|Bytes).*|current.*Watermark.*|.*[wW]atermark.*|mailbox.*";

  /** Operators that wrap our own code, by the first word of their names. */
  private static final Set<String> OPERATORS =
      Set.of("Blocks", "Trigger", "Planner", "Selector", "Assembler", "Observer", "Evaluator");

  /** Configuration of a cluster whose metrics are remembered. */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.setString(
        "metrics.reporter.registered.factory.class", RegisteredMetrics.class.getName());
    return configuration;
  }

  /** {@code operator | name | type | labels} of each. */
  static SortedSet<String> rows() {
    return new TreeSet<>(ROWS);
  }

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new Reporter();
  }

  private static final class Reporter implements MetricReporter {

    @Override
    public void open(MetricConfig config) {
      // Nothing to open.
    }

    @Override
    public void close() {
      // Nothing to close.
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
      Map<String, String> variables = group.getAllVariables();
      String operator = variables.getOrDefault("<operator_name>", "").replaceAll(":.*", "");
      if (OPERATORS.contains(operator) && !name.matches(FLINKS)) {
        ROWS.add(
            String.join(
                " | ",
                operator,
                name,
                metric.getMetricType().name().toLowerCase(Locale.ROOT),
                labels(variables)));
      }
    }

    private static String labels(Map<String, String> variables) {
      return variables.keySet().stream()
          .map(variable -> variable.substring(1, variable.length() - 1))
          .filter(
              label ->
                  !label.matches("host|tm_id|(job|task|operator|subtask).*") && !label.isEmpty())
          .sorted()
          .collect(Collectors.joining(", "));
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
      // What was there is what counts.
    }
  }
}
