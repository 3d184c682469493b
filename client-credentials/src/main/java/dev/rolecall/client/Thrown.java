package dev.rolecall.client;

import java.util.Optional;
import java.util.stream.Stream;

/** What was thrown, and what caused it, to a depth that ends. */
final class Thrown {

  private static final int MAX_CAUSES = 8;

  private Thrown() {}

  static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(MAX_CAUSES);
  }

  static <T> Optional<T> first(Throwable thrown, Class<T> type) {
    return chain(thrown).filter(type::isInstance).map(type::cast).findFirst();
  }
}
