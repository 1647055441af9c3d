package dev.penstock.worker.benchmark;

import dev.penstock.schemas.topic.KafkaSettings;
import java.util.List;

/**
 * What the benchmark is run with.
 *
 * @param kafka broker that takes the samples in topics of their own, which are deleted at the end
 * @param grid which trainings
 * @param size how long they are
 * @param warmUps rounds before those that count
 * @param rounds rounds that count
 * @param threads of the engine
 * @param device that is trained on, as a worker's
 */
public record TrainOptions(
    KafkaSettings kafka,
    Grid grid,
    Size size,
    int warmUps,
    int rounds,
    int threads,
    String device) {

  /**
   * Every combination is measured.
   *
   * @param networks to train
   * @param payloads of the samples
   * @param percent of the log that is selected
   * @param epochs of a training
   * @param fetchers that read samples
   */
  public record Grid(
      List<BenchmarkNetwork> networks,
      List<BenchmarkPayload> payloads,
      List<Integer> percent,
      List<Integer> epochs,
      List<Integer> fetchers) {

    public Grid {
      networks = List.copyOf(networks);
      payloads = List.copyOf(payloads);
      percent = List.copyOf(percent);
      epochs = List.copyOf(epochs);
      fetchers = List.copyOf(fetchers);
      if (percent.stream().anyMatch(share -> share < 1 || share > 100 || 100 % share != 0)) {
        throw new IllegalArgumentException("percent must divide 100, got " + percent);
      }
    }
  }

  /**
   * How long trainings are.
   *
   * @param factor of the number of samples of each network
   * @param logBytes payloads of a log, which bound the samples of small shares
   */
  public record Size(double factor, long logBytes) {}
}
