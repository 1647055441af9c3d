package dev.penstock.cli.golden.statistic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.cli.golden.suite.StatisticCases;
import dev.penstock.cli.golden.suite.StatisticCases.Statistics;
import dev.penstock.core.distance.DiscreteDistances;
import java.util.HashMap;
import java.util.Map;

/** Distances of discrete distributions by scipy and numpy, within 1e-9, relative. */
public final class DiscreteDistancesSuite implements Statistics {

  @Override
  public String file() {
    return "distances_discrete.json";
  }

  @Override
  public Map<String, double[]> compute(JsonNode golden) {
    double[] p = StatisticCases.numbers(golden.at("/input/p"));
    double[] q = StatisticCases.numbers(golden.at("/input/q"));
    if (golden.at("/params/normalised_internally").asBoolean(/* defaultValue= */ true)) {
      p = DiscreteDistances.normalised(p);
      q = DiscreteDistances.normalised(q);
    }
    Map<String, Double> values = new HashMap<>();
    values.put("kl_p_q_nats", DiscreteDistances.kullbackLeibler(p, q));
    values.put("kl_q_p_nats", DiscreteDistances.kullbackLeibler(q, p));
    values.put("kl_p_q_bits", DiscreteDistances.kullbackLeibler(p, q) / Math.log(2));
    values.put("js_divergence_nats", DiscreteDistances.jensenShannonDivergence(p, q));
    values.put("js_distance_nats", DiscreteDistances.jensenShannonDistance(p, q));
    values.put(
        "js_distance_base2",
        Math.sqrt(DiscreteDistances.jensenShannonDivergence(p, q) / Math.log(2)));
    values.put("hellinger", DiscreteDistances.hellinger(p, q));
    values.put("hellinger_l2_form", DiscreteDistances.hellinger(p, q));
    values.put("bhattacharyya_coefficient", DiscreteDistances.bhattacharyyaCoefficient(p, q));
    values.put("total_variation", DiscreteDistances.totalVariation(p, q));
    values.put("l_infinity", DiscreteDistances.lInfinity(p, q));
    values.put("chi2_distance", DiscreteDistances.chiSquare(p, q));
    values.put("psi_raw", DiscreteDistances.populationStabilityIndex(p, q));
    values.put(
        "psi_zero_replaced_1e-4",
        DiscreteDistances.populationStabilityIndex(
            DiscreteDistances.zerosReplaced(p, 1e-4), DiscreteDistances.zerosReplaced(q, 1e-4)));
    Map<String, double[]> arrays = new HashMap<>();
    values.forEach((key, value) -> arrays.put(key, StatisticCases.value(value)));
    return arrays;
  }
}
