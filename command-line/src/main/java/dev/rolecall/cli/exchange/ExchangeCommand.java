package dev.rolecall.cli.exchange;

import picocli.CommandLine.Command;

/** The commands about token exchange. */
@Command(
    name = "exchange",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Trade proofs for short tokens that any JWT verifier can read.",
    subcommands = {ExchangeServeCommand.class, ExchangeRotateCommand.class})
public final class ExchangeCommand {}
