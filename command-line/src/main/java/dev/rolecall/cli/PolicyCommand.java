package dev.rolecall.cli;

import picocli.CommandLine.Command;

/** The commands about a policy file. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Begin, check and test an access policy, or ask it why.",
    subcommands = {
      PolicyInitCommand.class,
      PolicyCheckCommand.class,
      PolicyTestCommand.class,
      PolicyExplainCommand.class
    })
final class PolicyCommand {}
