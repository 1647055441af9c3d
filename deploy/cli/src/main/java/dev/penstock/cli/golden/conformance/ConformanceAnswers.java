package dev.penstock.cli.golden.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Forms in which Modyn's cases give their numbers and expect their answers. */
final class ConformanceAnswers {

  private static final Pattern RANGE = Pattern.compile("(\\d+)\\.\\.(\\d+)");

  private ConformanceAnswers() {}

  /**
   * Answers by name; of a deviation, what is intended has the same names, with a prefix, or the
   * prefix alone for the first.
   */
  static Map<String, Object> of(Object... namesAndAnswers) {
    Map<String, Object> answers = new LinkedHashMap<>();
    for (int i = 0; i < namesAndAnswers.length; i += 2) {
      String name = namesAndAnswers[i].toString();
      answers.put(name, namesAndAnswers[i + 1]);
      answers.put("intended_" + name, namesAndAnswers[i + 1]);
    }
    answers.put("intended", namesAndAnswers[1]);
    return answers;
  }

  /** A list, or {@code "0..3"}, both ends in it, either of them the larger. */
  static List<Integer> integers(JsonNode node) {
    Matcher range = RANGE.matcher(node.asText());
    if (range.matches()) {
      int from = Integer.parseInt(range.group(1));
      int to = Integer.parseInt(range.group(2));
      int step = from <= to ? 1 : -1;
      return IntStream.rangeClosed(0, Math.abs(to - from)).mapToObj(i -> from + step * i).toList();
    }
    List<Integer> integers = new ArrayList<>();
    (node.isArray() ? node : List.of(node)).forEach(element -> integers.add(element.asInt()));
    return integers;
  }

  static double[] numbers(JsonNode node) {
    return node.isTextual()
        ? integers(node).stream().mapToDouble(i -> i).toArray()
        : StatisticCases.numbers(node);
  }

  static long[] longs(JsonNode node) {
    return integers(node).stream().mapToLong(i -> i).toArray();
  }

  /** Of a list the answers to its elements, else the answer. */
  static Object each(JsonNode node, Function<JsonNode, Object> answer) {
    if (!node.isArray()) {
      return answer.apply(node);
    }
    List<Object> answers = new ArrayList<>();
    node.forEach(element -> answers.add(answer.apply(element)));
    return answers;
  }

  /** The answer, or the word that stands for a refusal. */
  static Object orError(Function<JsonNode, Object> answer, JsonNode node) {
    try {
      return answer.apply(node);
    } catch (IllegalArgumentException e) {
      return "error";
    }
  }
}
