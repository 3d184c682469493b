package dev.rolecall.cli;

import picocli.CommandLine.Option;

/** Whether a script reads the output. */
final class JsonOption {

  @Option(names = "--json", description = "Print one JSON object on one line.")
  boolean asked;
}
