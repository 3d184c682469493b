package dev.rolecall.tests.soak;

import dev.rolecall.testsupport.Echo;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Optional;

/**
 * A call to make.
 *
 * @param id its number
 * @param actor the caller
 * @param method the method
 * @param open whether the client keeps its side open until the call is ended from elsewhere
 * @param deadline the latest end
 * @param patient whether an honest server ends it well before its deadline
 * @param cancelAfter the time after which the client cancels it
 */
record PlannedCall(
    long id,
    CallerKind actor,
    MethodDescriptor<String, String> method,
    boolean open,
    Duration deadline,
    boolean patient,
    Optional<Duration> cancelAfter) {

  /** Whether it needs no proof, and its handler sees no caller. */
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
