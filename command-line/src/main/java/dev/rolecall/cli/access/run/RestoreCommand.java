package dev.rolecall.cli.access.run;

import dev.rolecall.service.store.transfer.StoreTransfer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall access restore}: fills a store from a file. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description =
        "Read a backup into an empty store, as a whole or not at all. No node may run meanwhile.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:restored", "2:could not, such as where a node still runs"},
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access restore --data /var/lib/rolecall access.backup",
      "",
      "Servers forget what they had and read it anew. What was granted or revoked after",
      "the backup is gone: look through 'rolecall access grants' at once."
    })
public final class RestoreCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The file of the backup.")
  Path file;

  @Mixin StoreOptions store;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    return StoreWork.print(
        spec.commandLine().getOut(),
        runtime ->
            file
                + ": "
                + StoreTransfer.importFrom(file, store.source(), runtime)
                + " rows restored");
  }
}
