package dev.penstock.cli.ledger;

import dev.penstock.cli.ledger.chain.Chain;
import dev.penstock.cli.ledger.chain.ChainJson;
import dev.penstock.cli.ledger.chain.ChainReader;
import dev.penstock.cli.ledger.chain.ChainText;
import dev.penstock.cli.ledger.read.Messages;
import dev.penstock.cli.text.Style;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.topic.KafkaOptions;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells why a model was trained, on what, and how it did. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Tells why a model was trained, on what, and how it did.")
public final class WhyCommand implements Callable<Integer> {

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "name of the pipeline")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private String pipeline = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DECISION",
      description = "number of the decision, fired or held (default: the last that fired)")
  private @Nullable Long decision;

  @Option(names = "--json", description = "as JSON, with the messages that it is told from")
  private boolean json;

  @Option(
      names = "--summary",
      description = "with the whole ledger, beside always, every-n and never")
  private boolean summary;

  @Override
  public Integer call() {
    OptionalLong number = decision == null ? OptionalLong.empty() : OptionalLong.of(decision);
    Chain chain = new ChainReader(kafka.settings(), kafka.topics()).read(pipeline, number);
    if (json) {
      System.out.println(ChainJson.of(chain));
      return CommandLine.ExitCode.OK;
    }
    ChainText.of(chain, Style.ofOutput()).forEach(System.out::println);
    if (summary) {
      System.out.println();
      try (Messages<Decision> decisions =
          new Messages<>(kafka.settings(), kafka.topics().decisions(), Decision.class)) {
        LedgerSummary.read(decisions, pipeline).lines().forEach(System.out::println);
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
