package dev.rolecall.cli.access.rules;

import picocli.CommandLine.Command;

/** The commands about the rules of an access service. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Check and test the rules of an access service.",
    subcommands = {RulesCheckCommand.class, RulesTestCommand.class})
public final class RulesCommand {}
