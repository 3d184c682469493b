package dev.rolecall.tests.soak;

import dev.rolecall.testsupport.Echo;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Optional;

/**
 * One call to make.
 *
 * @param id its number
 * @param actor who calls
 * @param method what is called
 * @param open whether the client keeps its side open until the call is ended from elsewhere
 * @param deadline when it ends at the latest
 * @param patient whether an honest server ends it well before its deadline
 * @param cancelAfter when the client gives it up
 */
record Errand(
    long id,
    Actor actor,
    MethodDescriptor<String, String> method,
    boolean open,
    Duration deadline,
    boolean patient,
    Optional<Duration> cancelAfter) {

  /** Whether anybody may make it, and its handler knows nobody. */
  boolean isPublic() {
    return method == Echo.PING;
  }

  @Override
  public String toString() {
    return "call %d, %s of %s%s%s"
        .formatted(
            id,
            method.getBareMethodName(),
            actor,
            open ? ", kept open" : "",
            cancelAfter.map(after -> ", cancelled after " + after).orElse(""));
  }
}
