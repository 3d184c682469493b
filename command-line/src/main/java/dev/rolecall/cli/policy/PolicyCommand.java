package dev.rolecall.cli.policy;

import picocli.CommandLine.Command;

/** The commands about a policy file. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Write, check, test, compare, explain and suggest policies.",
    subcommands = {
      PolicyInitCommand.class,
      PolicyCheckCommand.class,
      PolicyTestCommand.class,
      PolicyDiffCommand.class,
      PolicyExplainCommand.class,
      PolicySuggestCommand.class
    })
public final class PolicyCommand {}
