package dev.rolecall.tests.calls;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.SeenRefusal;
import java.util.Map;
import java.util.function.Function;

/**
 * One way to be refused.
 *
 * @param name what is wrong with the call
 * @param reason the reason it is refused for
 * @param least how often STS is asked at least
 * @param most how often STS is asked at most
 * @param metadata ErrorInfo's metadata, by the bench it happened on
 * @param attempt makes the call
 */
record RefusalCase(
    String name,
    RefusalReason reason,
    long least,
    long most,
    Function<Bench, Map<String, String>> metadata,
    Attempt attempt) {

  /** A call that is refused. */
  @FunctionalInterface
  interface Attempt {
    SeenRefusal on(Bench bench) throws Exception;
  }

  /** STS is not asked. */
  static RefusalCase local(RefusalReason reason, String name, Attempt attempt) {
    return new RefusalCase(name, reason, 0, 0, bench -> Map.of(), attempt);
  }

  /** STS is asked once. */
  static RefusalCase asking(RefusalReason reason, String name, Attempt attempt) {
    return new RefusalCase(name, reason, 1, 1, bench -> Map.of(), attempt);
  }

  RefusalCase asking(long least, long most) {
    return new RefusalCase(name, reason, least, most, metadata, attempt);
  }

  RefusalCase saying(Function<Bench, Map<String, String>> metadata) {
    return new RefusalCase(name, reason, least, most, metadata, attempt);
  }

  @Override
  public String toString() {
    return reason + ": " + name;
  }
}
