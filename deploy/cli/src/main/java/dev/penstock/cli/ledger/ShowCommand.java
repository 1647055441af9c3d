package dev.penstock.cli.ledger;

import dev.penstock.cli.ledger.read.Watch;
import dev.penstock.kafka.TopicReader;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.Evaluation;
import dev.penstock.schemas.ModelVersion;
import dev.penstock.schemas.Quarantined;
import dev.penstock.schemas.TrainingTask;
import dev.penstock.schemas.serde.AvroCodec;
import dev.penstock.schemas.topic.KafkaOptions;
import dev.penstock.schemas.topic.Topics;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints one of Penstock's topics as JSON, a line a record. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints one of Penstock's topics as JSON, a line a record.")
public final class ShowCommand implements Callable<Integer> {

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "WHAT", description = "one of ${COMPLETION-CANDIDATES}")
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private What what = What.DECISIONS;

  @Option(names = "--watch", description = "go on when the present end is reached, until Ctrl-C")
  private boolean watch;

  /** The topics. */
  enum What {
    DECISIONS(Topics::decisions, Decision.class),
    TASKS(Topics::trainingTasks, TrainingTask.class),
    MODELS(Topics::modelVersions, ModelVersion.class),
    EVALUATIONS(Topics::evaluations, Evaluation.class),
    QUARANTINE(Topics::quarantine, Quarantined.class);

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
    private final Function<Topics, String> topic;

    private final Class<? extends SpecificRecordBase> type;

    What(Function<Topics, String> topic, Class<? extends SpecificRecordBase> type) {
      this.topic = topic;
      this.type = type;
    }
  }

  @Override
  public Integer call() {
    AvroCodec<?> codec = AvroCodec.of(what.type);
    try (TopicReader reader = new TopicReader(kafka.settings(), what.topic.apply(kafka.topics()))) {
      reader.readToEnd(message -> System.out.println(codec.decode(message.value())));
      if (watch) {
        Watch.follow(reader, message -> System.out.println(codec.decode(message.value())));
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
