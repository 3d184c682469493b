package dev.rolecall.cli.options;

import picocli.CommandLine.Option;

/** Whether a script reads the output. */
public final class JsonOption {

  @Option(names = "--json", description = "Print one JSON object on one line.")
  public boolean asked;
}
