package dev.rolecall.cli.tls;

import picocli.CommandLine.Command;

/** The commands about attested TLS. */
@Command(
    name = "tls",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Look at the certificate that a server shows.",
    subcommands = TlsInspectCommand.class)
public final class TlsCommand {}
