package dev.rolecall.cli.tls;

import picocli.CommandLine.Command;

/** The commands about attested TLS. */
@Command(
    name = "tls",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Inspect what a server proves in its TLS handshake.",
    subcommands = TlsInspectCommand.class)
public final class TlsCommand {}
