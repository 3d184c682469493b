package dev.rolecall.cli.options;

import picocli.CommandLine.Option;

/** The option of commands whose output a script may read. */
public final class JsonOption {

  @Option(names = "--json", description = "Print JSON, on one line.")
  boolean asked;

  /** Whether the output is to be JSON. */
  public boolean isAsked() {
    return asked;
  }
}
