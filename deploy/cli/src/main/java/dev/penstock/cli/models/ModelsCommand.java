package dev.penstock.cli.models;

import dev.penstock.kafka.registry.ModelRegistry;
import picocli.CommandLine.Command;

/** What there is to do with models. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {
      "Lists, exports, rolls back and deletes models.",
      "A MODEL is " + ModelRegistry.REFERENCE + "."
    },
    subcommands = {
      ListCommand.class,
      ShowModelCommand.class,
      ExportCommand.class,
      RollbackCommand.class,
      GcCommand.class,
    })
public final class ModelsCommand {}
