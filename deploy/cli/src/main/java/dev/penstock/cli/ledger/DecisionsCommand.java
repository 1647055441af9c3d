package dev.penstock.cli.ledger;

import dev.penstock.cli.ledger.chain.FindDecision;
import dev.penstock.cli.ledger.read.Messages;
import dev.penstock.cli.ledger.read.Start;
import dev.penstock.cli.text.Figures;
import dev.penstock.cli.text.Style;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Outcome;
import dev.penstock.schemas.topic.KafkaOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the ledger: what trigger policies answered, and why. */
@Command(
    name = "decisions",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints the ledger: what trigger policies answered, and why.",
      "`penstock why PIPELINE NUMBER` tells what came of a decision."
    })
public final class DecisionsCommand implements Callable<Integer> {

  private static final int LAST = 20;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--pipeline", paramLabel = "NAME", description = "only of this pipeline")
  private Optional<String> pipeline = Optional.empty();

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "the last N only (default: " + LAST + ", all with --from)")
  private Optional<Integer> last = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "NUMBER|TIME",
      converter = Start.Reader.class,
      description = "from this decision on, or from this slice time (1996-05-07T12:00:00Z)")
  private Optional<Start> from = Optional.empty();

  @Option(names = "--fired", description = "only those that fired")
  private boolean firedOnly;

  @Option(names = "--watch", description = "go on when the present end is reached, until Ctrl-C")
  private boolean watch;

  @Option(names = "--json", description = "a line of JSON a decision")
  private boolean json;

  @Option(
      names = "--summary",
      paramLabel = "PIPELINE",
      description = "what this pipeline's policy trained, beside always, every-n and never")
  private Optional<String> summary = Optional.empty();

  @Override
  public Integer call() {
    try (Messages<Decision> decisions =
        new Messages<>(kafka.settings(), kafka.topics().decisions(), Decision.class).existing()) {
      if (summary.isPresent()) {
        LedgerSummary.read(decisions, summary.get()).lines().forEach(System.out::println);
      } else {
        print(decisions);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void print(Messages<Decision> ledger) {
    Deque<Decision> shown = new ArrayDeque<>();
    SortedSet<String> known = new TreeSet<>();
    int limit = last.orElse(from.isPresent() ? Integer.MAX_VALUE : LAST);
    boolean[] earlier = new boolean[1];
    ledger.backwards(
        written -> {
          Decision decision = written.message();
          known.add(decision.getPipeline());
          if (isOfPipeline(decision) && isBeforeStart(decision)) {
            return pipeline.isEmpty();
          }
          if (isWanted(decision)) {
            earlier[0] = shown.size() >= limit;
            if (!earlier[0]) {
              shown.addFirst(decision);
            }
          }
          return !earlier[0];
        });
    if (pipeline.isPresent() && !known.contains(pipeline.get()) && !watch) {
      throw FindDecision.unknownPipeline(pipeline.get(), known);
    }
    if (json) {
      shown.forEach(System.out::println);
      follow(ledger, System.out::println);
      return;
    }
    DecisionTable table = new DecisionTable(Style.ofOutput());
    table.begin(List.copyOf(shown)).forEach(System.out::println);
    if (earlier[0]) {
      System.out.printf(
          "(the last %s; --last N or --from NUMBER|TIME shows more)%n",
          Figures.count(shown.size()));
    }
    follow(ledger, decision -> System.out.println(table.line(decision)));
  }

  private void follow(Messages<Decision> ledger, Consumer<Decision> print) {
    if (watch) {
      ledger.follow(
          decision -> {
            if (isWanted(decision) && !isBeforeStart(decision)) {
              print.accept(decision);
            }
          });
    }
  }

  private boolean isWanted(Decision decision) {
    return isOfPipeline(decision) && (!firedOnly || decision.getOutcome() == Outcome.FIRED);
  }

  private boolean isOfPipeline(Decision decision) {
    return pipeline.isEmpty() || pipeline.get().equals(decision.getPipeline());
  }

  private boolean isBeforeStart(Decision decision) {
    return from.isPresent() && !from.get().reachedBy(decision);
  }
}
