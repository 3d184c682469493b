package dev.rolecall.cli;

import picocli.CommandLine.Command;

/** The commands about a policy file, none of which needs a server. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Check an access policy, or ask it why.",
    subcommands = {PolicyCheckCommand.class, PolicyExplainCommand.class})
final class PolicyCommand {}
