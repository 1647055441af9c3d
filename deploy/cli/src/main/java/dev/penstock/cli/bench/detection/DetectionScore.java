package dev.penstock.cli.bench.detection;

import dev.penstock.datagen.stream.DriftSchedule;
import dev.penstock.datagen.stream.DriftSchedule.Kind;

/**
 * Alarms on streams of one scenario, against its changes. A change begins where the new concept
 * does, with a gradual one at its first samples; the first alarm from there on, until half way to
 * the next change, sees it. Further alarms while a gradual change is under way are no mistakes, and
 * no merit. All others are false alarms, those soon after a change that was seen and those after
 * the last one, too.
 */
final class DetectionScore {

  private final Scenario scenario;
  private final long width;
  private final long patience;
  private long runs;
  private long seen;
  private long delays;
  private long falseAlarms;
  private long errors;

  DetectionScore(Scenario scenario) {
    this.scenario = scenario;
    DriftSchedule drift = scenario.drift();
    width = drift.kind() == Kind.GRADUAL ? drift.width() : 0;
    patience = drift.points().isEmpty() ? 0 : drift.points().get(0) / 2;
  }

  /** Runs a contestant over a stream. */
  void add(ErrorStream stream, Contestant.Alarm alarm) {
    runs++;
    int change = -1;
    boolean isSeen = false;
    for (int i = 0; i < scenario.samples(); i++) {
      if (change + 1 < changes() && i >= start(change + 1)) {
        change++;
        isSeen = false;
      }
      boolean error = stream.next();
      errors += error ? 1 : 0;
      if (alarm.at(error)) {
        stream.restart();
        if (change >= 0 && !isSeen && i < point(change) + patience) {
          isSeen = true;
          seen++;
          delays += i - start(change);
        } else if (change < 0 || i >= start(change) + width) {
          falseAlarms++;
        }
      }
    }
  }

  private int changes() {
    return scenario.drift().points().size();
  }

  private long point(int change) {
    return scenario.drift().points().get(change);
  }

  private long start(int change) {
    return point(change) - width / 2;
  }

  Scenario scenario() {
    return scenario;
  }

  /** Samples from a change to its alarm, mean of those seen; NaN if none was. */
  double meanDelay() {
    return (double) delays / seen;
  }

  /** Share of changes that were not seen; NaN if there are none. */
  double missed() {
    double all = (double) runs * changes();
    return (all - seen) / all;
  }

  double falseAlarmsPerMillion() {
    return 1e6 * falseAlarms / (runs * scenario.samples());
  }

  /** Share of wrong answers. */
  double errorRate() {
    return (double) errors / (runs * scenario.samples());
  }
}
