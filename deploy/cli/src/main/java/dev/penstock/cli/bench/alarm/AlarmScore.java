package dev.penstock.cli.bench.alarm;

/**
 * What a metric's budget has led to on all streams.
 *
 * @param metric name
 * @param streams without drift until their end
 * @param millions of samples of each before its drift
 * @param first false alarms in the first million samples, in which nothing is known at first
 * @param later false alarms in the others
 * @param within streams that had no more alarms than their budget and twice its root, in which
 *     Poisson-distributed numbers of this mean nearly always are
 * @param found drifts that were found in ten checks
 * @param meanDelay samples from a drift to its alarm; NaN: none was found
 */
record AlarmScore(
    String metric,
    int streams,
    int millions,
    long first,
    long later,
    int within,
    int found,
    double meanDelay) {

  double firstPerMillion() {
    return (double) first / streams;
  }

  /** NaN: there is but one million. */
  double laterPerMillion() {
    return millions == 1 ? Double.NaN : (double) later / streams / (millions - 1);
  }
}
