package dev.rolecall.cli.tls;

import picocli.CommandLine.Command;

/** The commands about attested TLS. */
@Command(
    name = "tls",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Inspect the certificate that a server presents.",
    subcommands = TlsInspectCommand.class)
public final class TlsCommand {}
