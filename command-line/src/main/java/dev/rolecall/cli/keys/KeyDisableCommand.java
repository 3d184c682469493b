package dev.rolecall.cli.keys;

import dev.rolecall.apikeys.ApiKeyId;
import dev.rolecall.apikeys.StoredKey;
import dev.rolecall.cli.terminal.ExitStatus;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall key disable}: withdraws a key. */
@Command(
    name = "disable",
    mixinStandardHelpOptions = true,
    description =
        "Withdraw a key for good. Servers that follow the file refuse it, and end its live calls,"
            + " within ten seconds.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:it is disabled, now or before",
      "1:the file has no key of that id",
      "2:could not tell, such as when the file cannot be written"
    },
    footerHeading = "%nFor example:%n",
    footer = "  rolecall key disable 4fJ0aZkQm2Xd --keys keys.jsonl")
final class KeyDisableCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "ID",
      description = "The key's id, as 'rolecall key list' and the audit log have it.")
  ApiKeyId id;

  @Mixin KeysOption keys;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Optional<StoredKey> disabled = keys.apply((file, now) -> file.disable(id, now));
    if (disabled.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("rolecall: " + keys.file + ": no key " + id + " (see 'rolecall key list')");
      return ExitStatus.NO;
    }
    spec.commandLine()
        .getOut()
        .println("key " + id + " of " + disabled.get().client().name() + " is disabled");
    return ExitStatus.YES;
  }
}
