package dev.rolecall.cli.failure;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The message to the user of a command that could not go on. It names problems of the environment
 * and of files as such; only the rest is a defect.
 */
public final class Complaint {

  private Complaint() {}

  /** The words; of several lines where there is more to say. */
  public static String of(Throwable thrown) {
    if (thrown instanceof CommandFailure failure) {
      return String.valueOf(failure.getMessage());
    }
    return tooMuch(thrown)
        .or(() -> surroundings(thrown))
        .orElseGet(
            () -> "a defect of rolecall itself; please report it with this:\n" + trace(thrown));
  }

  private static Optional<String> tooMuch(Throwable thrown) {
    if (thrown instanceof StackOverflowError) {
      return Optional.of(
          "what was read is nested too deeply, or refers to itself: a file or a server's answer is"
              + " not what it should be");
    }
    if (thrown instanceof OutOfMemoryError) {
      return Optional.of(
          "this process has no more memory or threads: raise its limits (ulimit -u, the container's"
              + " memory, or JAVA_TOOL_OPTIONS=-Xmx512m)");
    }
    if (thrown instanceof LinkageError) {
      return Optional.of(
          "a part of rolecall could not be loaded ("
              + thrown.getClass().getSimpleName()
              + "): is its lib folder whole, and of the same build?"
              + temporaryFolder().map(words -> "\n" + words).orElse(""));
    }
    return Optional.empty();
  }

  private static Optional<String> surroundings(Throwable thrown) {
    Optional<Throwable> io = first(thrown, IOException.class::isInstance);
    if (io.isPresent()) {
      IOException failure = (IOException) io.get();
      return failure instanceof FileSystemException && temporaryFolder().isPresent()
          ? temporaryFolder()
          : Optional.of("something around rolecall failed: " + IoWords.whole(failure));
    }
    if (first(thrown, InvalidPathException.class::isInstance).isPresent()) {
      return Optional.of("a path that this system cannot have: check the files that were named");
    }
    return first(thrown, SdkException.class::isInstance)
        .map(
            sdk ->
                // Never its words: the SDK's may hold what a credential process printed.
                "the AWS SDK could not go on ("
                    + sdk.getClass().getSimpleName()
                    + "): 'rolecall doctor' says what stands in the way");
  }

  private static Optional<String> temporaryFolder() {
    String folder = System.getProperty("java.io.tmpdir", "");
    return Files.isWritable(Path.of(folder)) && Files.isDirectory(Path.of(folder))
        ? Optional.empty()
        : Optional.of(
            "no folder for temporary files: "
                + folder
                + " is missing or cannot be written (make it, or set JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER)");
  }

  private static Optional<Throwable> first(Throwable thrown, Predicate<Throwable> kind) {
    return Causes.of(thrown).filter(kind).findFirst();
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString().strip();
  }
}
