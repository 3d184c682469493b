package dev.rolecall.cli.access.run;

import dev.rolecall.service.store.transfer.StoreTransfer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall access backup}: copies a store to a file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Write all that a store has to a new file, for its owner alone. No node may run meanwhile.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:written", "2:could not, such as where a node still runs"},
    footerHeading = "%nFor example:%n",
    footer = {"  rolecall access backup --data /var/lib/rolecall access.backup"})
public final class BackupCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The file of the backup; none may be there.")
  Path file;

  @Mixin StoreOptions store;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    store.requireFolder();
    return StoreWork.print(
        spec.commandLine().getOut(),
        runtime ->
            file + ": " + StoreTransfer.exportTo(file, store.source(), runtime) + " rows written");
  }
}
