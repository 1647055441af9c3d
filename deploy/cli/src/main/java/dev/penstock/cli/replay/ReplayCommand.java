package dev.penstock.cli.replay;

import dev.penstock.cli.option.RecordingOptions;
import dev.penstock.cli.process.Distribution;
import dev.penstock.cli.process.EndOfProcess;
import dev.penstock.cli.replay.recording.RecordedSamples;
import dev.penstock.cli.replay.recording.Recording;
import dev.penstock.cli.replay.results.ReplayRun;
import dev.penstock.cli.replay.results.RunFolder;
import dev.penstock.cli.replay.results.RunSummary;
import dev.penstock.cli.replay.results.RunTiming;
import dev.penstock.cli.replay.results.SummaryTable;
import dev.penstock.schemas.spec.SpecReader;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.topic.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replays recorded samples through the real jobs in lockstep, for many pipelines at once. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Replays recorded samples through the jobs and a worker on this machine, in"
          + " lockstep: samples after a decision wait for it, and for the model that it trains."
          + " All pipelines share one scan, and none depends on those beside it. The same input"
          + " gives the same results, to the byte. A run that was ended goes on with --resume.",
      "Exit code 0: complete, 1: an error, 2: wrong usage, 130: ended by Ctrl-C."
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Mixin private final RecordingOptions recorded = new RecordingOptions();

  @Option(
      names = "--from-topic",
      paramLabel = "TOPIC",
      description = "replays a topic up to its present end, in place of recorded files")
  private Optional<String> fromTopic = Optional.empty();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers of that topic, several separated by commas")
  private Optional<String> bootstrapServers = Optional.empty();

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description = "further client property for them; also written --kafka.KEY=VALUE")
  private Map<String, String> kafka = new TreeMap<>();

  @Option(
      names = "--pipeline",
      arity = "1..*",
      paramLabel = "FILE",
      description = "pipelines, YAML")
  private List<Path> pipelineFiles = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Time.class,
      description =
          "earliest event time, such as 2026-01-31 or 2026-01-31T12:00:00Z (default: all)")
  private Optional<Instant> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Time.class,
      description = "end of event time, exclusive (default: all)")
  private Optional<Instant> to = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "samples at most (default: all)")
  private Optional<Long> limit = Optional.empty();

  @Option(
      names = "--partitions",
      defaultValue = "1",
      paramLabel = "N",
      description = "of the sample log; random selections depend on it (default: ${DEFAULT-VALUE})")
  private int partitions;

  @Option(
      names = "--out",
      defaultValue = "penstock-runs",
      paramLabel = "DIR",
      description = "folder of runs, each in a folder of its id (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("");

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "of a new run (default: dataset and time)")
  private Optional<String> runId = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "ID",
      description =
          "goes on with a run that was ended; what is replayed is taken from its folder,"
              + " but for --data where files have moved, or the brokers of a topic")
  private Optional<String> resume = Optional.empty();

  @Spec
  @SuppressWarnings("FieldCanBeFinal") // set by the command line parser
  private CommandSpec spec = CommandSpec.create();

  /** A time on the command line. */
  static final class Time implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
      try {
        if (text.length() == "2026-01-31".length()) {
          return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return text.endsWith("Z")
            ? Instant.parse(text)
            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      } catch (DateTimeParseException e) {
        throw new CommandLine.TypeConversionException(
            "must be a time such as 2026-01-31 or 2026-01-31T12:00:00Z, got " + text);
      }
    }
  }

  @Override
  public Integer call() throws IOException {
    checkUsage();
    try (EndOfProcess end = new EndOfProcess();
        RunFolder folder = resume.isPresent() ? RunFolder.open(out, resume.get()) : begin()) {
      if (!folder.isComplete()) {
        new Replayer(folder, ReplayInput.of(folder, recorded.data(), kafka())).run();
      }
      new SummaryTable(System.out)
          .print(
              folder.load("summary.json", RunSummary.class),
              folder.load("timing/run.json", RunTiming.class));
      System.out.printf("Results are in %s%n", folder.path());
      return CommandLine.ExitCode.OK;
    } catch (InterruptedException e) {
      System.err.println("Stopped; go on with --resume");
      return 130;
    }
  }

  private void checkUsage() {
    boolean begins =
        recorded.dataset().isPresent() || !pipelineFiles.isEmpty() || fromTopic.isPresent();
    boolean part = from.isPresent() || to.isPresent() || limit.isPresent();
    if (resume.isPresent() && (begins || part || runId.isPresent())) {
      throw usage("--resume takes what is replayed from the run; leave the rest out");
    }
    if (resume.isEmpty() && (recorded.dataset().isEmpty() || pipelineFiles.isEmpty())) {
      throw usage("Give --dataset and --pipeline, or --resume");
    }
    if (fromTopic.isPresent() && (bootstrapServers.isEmpty() || recorded.data().isPresent())) {
      throw usage("Give --bootstrap-servers with --from-topic, and no --data");
    }
    if (runId.isPresent() && !runId.get().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw usage(
          "--run-id must be letters, digits, dots, hyphens, underscores, got " + runId.get());
    }
    if (limit.orElse(1L) < 1) {
      throw usage("--limit must be positive, got " + limit.get());
    }
    if (partitions < 1) {
      throw usage("--partitions must be positive, got " + partitions);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Optional<KafkaSettings> kafka() {
    return bootstrapServers.map(servers -> new KafkaSettings(servers, kafka));
  }

  private RunFolder begin() throws IOException, InterruptedException {
    RecordedSamples.Part part =
        new RecordedSamples.Part(
            from.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE),
            to.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
            limit.orElse(Long.MAX_VALUE));
    List<Path> files = pipelineFiles.stream().distinct().toList();
    DatasetDeclaration declaration = SpecReader.readDataset(recorded.dataset().orElseThrow());
    Recording recording =
        fromTopic.isPresent()
            ? Recording.topic(kafka().orElseThrow(), fromTopic.get())
            : Recording.files(recorded.data().orElse(declaration.directory()));
    ReplayInput input = ReplayInput.read(declaration, recording, kafka(), files);
    String id = runId.orElseGet(() -> input.dataset().name() + "-" + ID.format(Instant.now()));
    RunFolder.checkNew(out, id);
    RecordedSamples.Contents contents = input.contents(part);
    ReplayRun run = input.run(part, contents, partitions, versions());
    return RunFolder.create(out, id, run, recorded.dataset().orElseThrow(), files);
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>(Distribution.current().versions());
    versions.put("penstock", spec.root().version()[0].replaceFirst("^penstock ", ""));
    versions.put("java", Runtime.version().toString());
    return versions;
  }
}
