package dev.penstock.cli.models;

import picocli.CommandLine.Command;

/** What there is to do with models. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {
      "Lists, exports, rolls back and deletes models.",
      "A MODEL is an id such as sea-12, or sea@champion, or sea@previous."
    },
    subcommands = {
      ListCommand.class,
      ShowModelCommand.class,
      ExportCommand.class,
      RollbackCommand.class,
      GcCommand.class,
    })
public final class ModelsCommand {}
