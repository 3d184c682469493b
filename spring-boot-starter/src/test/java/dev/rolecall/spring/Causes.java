package dev.rolecall.spring;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The exceptions that Boot's failure analyzers make their message of. */
final class Causes {

  private Causes() {}

  /** A failure and its causes, one a line. */
  static String of(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .map(String::valueOf)
        .collect(Collectors.joining("\n"));
  }
}
