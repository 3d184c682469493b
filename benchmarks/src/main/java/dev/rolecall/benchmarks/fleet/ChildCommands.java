package dev.rolecall.benchmarks.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;

/**
 * The commands of a {@link ChildProcess}. It answers each line of standard input with one line of
 * standard output, until its input ends.
 */
@FunctionalInterface
public interface ChildCommands {

  /** Before every answer that is none of a failure. */
  String OK = "ok ";

  /**
   * Answers one command with one line; may block.
   *
   * @throws Exception if it failed: the process that asked is told, and the next command is awaited
   */
  String answer(String command) throws Exception;

  /** Answers commands until there are no more. */
  default void serve() throws IOException {
    PrintStream answers = System.out;
    // Whatever a library may print is no answer.
    System.setOut(System.err);
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      String line;
      try {
        line = OK + answer(command);
      } catch (Exception e) {
        e.printStackTrace();
        line = "failed: " + e.getClass().getName();
      }
      answers.println(line);
      answers.flush();
    }
  }
}
