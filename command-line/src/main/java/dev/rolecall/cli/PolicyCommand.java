package dev.rolecall.cli;

import picocli.CommandLine.Command;

/** The commands about a policy file. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Check and test an access policy, or ask it why.",
    subcommands = {PolicyCheckCommand.class, PolicyTestCommand.class, PolicyExplainCommand.class})
final class PolicyCommand {}
