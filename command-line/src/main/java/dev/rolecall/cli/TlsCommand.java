package dev.rolecall.cli;

import picocli.CommandLine.Command;

/** The commands about attested TLS. */
@Command(
    name = "tls",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Look at the certificate that a server shows.",
    subcommands = TlsInspectCommand.class)
final class TlsCommand {}
