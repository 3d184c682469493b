package dev.rolecall.cli.keys;

import picocli.CommandLine.Command;

/** The commands about API keys. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Issue, list and disable API keys.",
    subcommands = {KeyNewCommand.class, KeyListCommand.class, KeyDisableCommand.class})
public final class KeyCommand {}
