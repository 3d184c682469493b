package dev.rolecall.cli.access.run;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.service.store.StoreNotOpenedException;
import dev.rolecall.service.store.transfer.InvalidExportException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Function;

/** Work on a store without a node, with the words for what stands in its way. */
final class StoreWork {

  private StoreWork() {}

  /**
   * Does the work, and prints what it says.
   *
   * @throws CommandFailure if the store or a file does not do
   */
  static int print(PrintWriter out, Function<AccessRuntime, String> work) {
    try (AccessRuntime runtime = AccessRuntime.ofDefaults()) {
      out.println(work.apply(runtime));
      return ExitStatus.YES;
    } catch (StoreNotOpenedException | InvalidExportException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw new CommandFailure(
          e.getMessage() + ": " + IoWords.why(Objects.requireNonNull(e.getCause())), e);
    }
  }
}
