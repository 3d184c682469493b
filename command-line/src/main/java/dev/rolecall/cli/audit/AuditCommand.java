package dev.rolecall.cli.audit;

import picocli.CommandLine.Command;

/** The commands about audit files. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Check the audit files of a server.",
    subcommands = AuditVerifyCommand.class,
    footerHeading = "%nFor example:%n",
    footer = "  rolecall audit verify audit.jsonl*")
public final class AuditCommand {}
