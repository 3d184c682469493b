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
import java.util.function.ToLongFunction;

/** A copy of a store to or from a file, with the words for what stands in its way. */
final class StoreCopy {

  private StoreCopy() {}

  /**
   * Copies, and prints how many rows there were.
   *
   * @param words a format with one number
   * @throws CommandFailure if the store or the file does not do
   */
  static int print(PrintWriter out, String words, ToLongFunction<AccessRuntime> copy) {
    try (AccessRuntime runtime = AccessRuntime.ofDefaults()) {
      out.println(words.replace("%d", Long.toString(copy.applyAsLong(runtime))));
      return ExitStatus.YES;
    } catch (StoreNotOpenedException | InvalidExportException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw new CommandFailure(
          e.getMessage() + ": " + IoWords.why(Objects.requireNonNull(e.getCause())), e);
    }
  }
}
