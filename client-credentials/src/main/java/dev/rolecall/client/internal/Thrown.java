package dev.rolecall.client.internal;

import static java.util.stream.Collectors.joining;

import java.util.Optional;
import java.util.stream.Stream;

/** Reads an exception and its causes, eight of them at most. */
public final class Thrown {

  private static final int MAX_CAUSES = 8;

  private Thrown() {}

  /** The exception and its causes, outermost first. */
  public static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(MAX_CAUSES);
  }

  /** The outermost one of that type; empty if there is none. */
  public static <T> Optional<T> first(Throwable thrown, Class<T> type) {
    return chain(thrown).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** The classes alone, in words: a message may hold a secret. */
  public static String classes(Throwable thrown) {
    return chain(thrown).map(t -> t.getClass().getSimpleName()).collect(joining(", caused by "));
  }
}
