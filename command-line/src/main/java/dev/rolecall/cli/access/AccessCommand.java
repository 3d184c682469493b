package dev.rolecall.cli.access;

import dev.rolecall.cli.access.grants.ExtendCommand;
import dev.rolecall.cli.access.grants.GrantsCommand;
import dev.rolecall.cli.access.grants.KeysCommand;
import dev.rolecall.cli.access.grants.ReviewBreakGlassCommand;
import dev.rolecall.cli.access.grants.RevokeCommand;
import dev.rolecall.cli.access.grants.TokenCommand;
import dev.rolecall.cli.access.locks.LockCommand;
import dev.rolecall.cli.access.locks.LocksCommand;
import dev.rolecall.cli.access.locks.UnlockCommand;
import dev.rolecall.cli.access.records.EnforcersCommand;
import dev.rolecall.cli.access.records.EventsCommand;
import dev.rolecall.cli.access.records.PermissionsCommand;
import dev.rolecall.cli.access.records.WhoamiCommand;
import dev.rolecall.cli.access.requests.CancelCommand;
import dev.rolecall.cli.access.requests.ListCommand;
import dev.rolecall.cli.access.requests.RequestCommand;
import dev.rolecall.cli.access.requests.ReviewCommand;
import dev.rolecall.cli.access.requests.ShowCommand;
import dev.rolecall.cli.access.requests.WatchCommand;
import dev.rolecall.cli.access.rules.RulesCommand;
import dev.rolecall.cli.access.run.AccessServeCommand;
import dev.rolecall.cli.access.run.BackupCommand;
import dev.rolecall.cli.access.run.NewEpochCommand;
import dev.rolecall.cli.access.run.RestoreCommand;
import picocli.CommandLine.Command;

/** The commands about access for a time. */
@Command(
    name = "access",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Ask for access for a time, review it, take it back; and serve it.",
    subcommands = {
      RequestCommand.class,
      ListCommand.class,
      ShowCommand.class,
      ReviewCommand.class,
      CancelCommand.class,
      WatchCommand.class,
      GrantsCommand.class,
      ExtendCommand.class,
      RevokeCommand.class,
      ReviewBreakGlassCommand.class,
      TokenCommand.class,
      KeysCommand.class,
      LockCommand.class,
      UnlockCommand.class,
      LocksCommand.class,
      WhoamiCommand.class,
      PermissionsCommand.class,
      EventsCommand.class,
      EnforcersCommand.class,
      RulesCommand.class,
      AccessServeCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      NewEpochCommand.class,
    })
public final class AccessCommand {}
