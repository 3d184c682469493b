package dev.rolecall.tests.secrets;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The outputs of one run of the tests, and the secrets it used, in a folder. A secret of one test
 * must not show in an output of any other, so both outlive the tests and the process. Safe for use
 * by many threads.
 */
public final class RunRecord {

  /** The system property that names the folder of this process's record. */
  static final String FOLDER = "rolecall.record";

  static final String OUTPUTS = "outputs";
  static final String SECRETS = "secrets";

  /** A signature in a proof that a test made up; there are some of one letter over and over. */
  private static final int LEAST_LETTERS = 6;

  private final OutputFile outputs;
  private final SecretFile secrets;
  private volatile String test = "no test";

  private RunRecord(Path folder) {
    try {
      Files.createDirectories(folder);
      this.outputs = new OutputFile(folder.resolve(OUTPUTS));
      this.secrets = new SecretFile(folder.resolve(SECRETS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The record of this process. */
  public static RunRecord ofThisRun() {
    return ThisRun.RECORD;
  }

  /** An empty record in that folder, in place of whatever is there. */
  public static RunRecord in(Path folder) {
    return new RunRecord(requireNonNull(folder, "folder"));
  }

  /** Everything written from here on is of that test. */
  void testBegan(String name) {
    this.test = name;
  }

  /** Something people can read. */
  public void add(OutputKind kind, String where, String text) {
    outputs.append(new Output(kind, where, test, text));
  }

  /** Something thrown: its message and those of all it was caused by or suppressed. */
  public void addThrown(String where, Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    add(OutputKind.EXCEPTION, where, text.toString());
  }

  /** That text is a secret, and was one before; unless it is plainly a made-up one. */
  public void addSecret(String what, String secret) {
    if (secret.chars().distinct().limit(LEAST_LETTERS).count() == LEAST_LETTERS) {
      secrets.add(what, secret);
    }
  }

  /** What each secret so far is. */
  public Map<String, String> secrets() {
    return secrets.all();
  }

  /** What was added so far can be read by other processes. */
  void flush() {
    outputs.flush();
  }

  /** Where the next output will be. */
  public long mark() {
    return outputs.mark();
  }

  /** The outputs from that mark to now, in order. */
  public void forEachSince(long mark, Consumer<Output> reader) {
    outputs.forEachSince(mark, reader);
  }

  private static final class ThisRun {
    static final RunRecord RECORD =
        new RunRecord(Path.of(System.getProperty(FOLDER, "target/record/tests-1")));
  }
}
