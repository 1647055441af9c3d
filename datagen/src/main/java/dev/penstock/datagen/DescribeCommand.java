package dev.penstock.datagen;

import dev.penstock.datagen.reader.Recordings;
import dev.penstock.datagen.reader.SampleReader;
import dev.penstock.schemas.serde.LabelKind;
import dev.penstock.schemas.serde.LabelMapping;
import dev.penstock.schemas.spec.SpecYaml;
import dev.penstock.schemas.spec.dataset.DatasetDeclaration;
import dev.penstock.schemas.spec.dataset.DatasetSpec;
import dev.penstock.schemas.spec.dataset.LabelSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Completes a dataset's declaration from its files, and tells what they hold. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints a dataset with payload and label inferred from its recorded files,",
      "and in comments how many samples they hold, of which time and which classes."
    })
public final class DescribeCommand implements Callable<Integer> {

  @Mixin private final DatasetArguments dataset = new DatasetArguments();

  @Override
  public Integer call() throws IOException {
    DatasetDeclaration declaration = dataset.declaration();
    DatasetSpec spec = dataset.describe();
    List<String> names =
        spec.label() instanceof LabelSpec.Classes classes ? classes.names() : List.of();
    long[] counts = new long[Math.max(1, names.size())];
    Optional<LabelMapping> mapping = LabelMapping.of(spec.label());
    long refused = 0;
    long samples = 0;
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    try (SampleReader reader = Recordings.open(spec, dataset.directory(declaration))) {
      while (reader.next()) {
        samples++;
        from = Math.min(from, reader.timestamp());
        to = Math.max(to, reader.timestamp());
        int label =
            mapping
                .map(of -> of.of(reader.labelKind(), reader.labelClass(), reader.labelReal()))
                .orElseGet(() -> recorded(reader));
        if (label >= 0) {
          counts[label]++;
        } else if (label == LabelMapping.REFUSED && mapping.isPresent()) {
          refused++;
        }
      }
    }
    System.out.print(SpecYaml.write(spec));
    System.out.printf("# samples: %,d%n", samples);
    if (samples > 0) {
      System.out.printf("# time: %s to %s%n", Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }
    for (int i = 0; i < names.size(); i++) {
      System.out.printf("# class %s: %,d%n", names.get(i), counts[i]);
    }
    if (refused > 0) {
      System.out.printf("# of no class, to be quarantined: %,d%n", refused);
    }
    return CommandLine.ExitCode.OK;
  }

  /** The class that the sample was recorded with, or a negative number. */
  private static int recorded(SampleReader sample) {
    return sample.labelKind() == LabelKind.CLASS ? (int) sample.labelClass() : -1;
  }
}
