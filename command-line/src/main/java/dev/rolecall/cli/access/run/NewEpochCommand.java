package dev.rolecall.cli.access.run;

import dev.rolecall.service.store.transfer.StoreTransfer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code rolecall access new-epoch}: has servers read a restored store anew. */
@Command(
    name = "new-epoch",
    mixinStandardHelpOptions = true,
    description =
        "Begin a new epoch in a store that its database's own means have restored, so that servers"
            + " forget what they had and read it anew. No node may run meanwhile.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:begun", "2:could not, such as where a node still runs"},
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access new-epoch \\",
      "    --database 'postgresql://db/access?user=access&sslmode=verify-full' \\",
      "    --database-password-file /run/secrets/access",
      "",
      "'rolecall access restore' does the same for a backup that it reads."
    })
public final class NewEpochCommand implements Callable<Integer> {

  @Mixin StoreOptions store;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    store.requireFolder();
    return StoreWork.print(
        spec.commandLine().getOut(),
        runtime -> "the store goes on as " + StoreTransfer.beginEpoch(store.source(), runtime));
  }
}
