package dev.rolecall.cli.policy;

import picocli.CommandLine.Command;

/** The commands about a policy file. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Begin, check, test, compare and suggest access policies, or ask one why.",
    subcommands = {
      PolicyInitCommand.class,
      PolicyCheckCommand.class,
      PolicyTestCommand.class,
      PolicyDiffCommand.class,
      PolicyExplainCommand.class,
      PolicySuggestCommand.class
    })
public final class PolicyCommand {}
