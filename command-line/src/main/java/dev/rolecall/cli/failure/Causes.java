package dev.rolecall.cli.failure;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The chain of causes of an exception. It has eight links at most, as causes may form a cycle. */
public final class Causes {

  private static final int MOST = 8;

  private Causes() {}

  /** The nearest first; none where nothing was thrown. */
  public static Stream<Throwable> of(@Nullable Throwable thrown) {
    // The last step changes the type alone: none of them is null.
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(MOST).map(t -> t);
  }
}
