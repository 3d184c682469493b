package dev.rolecall.access.audit;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names by which other records know the same call, where the operator had them written down. A
 * peer may choose both, so they prove nothing.
 *
 * @param requestId the header {@code x-request-id}: 1 to 128 printable ASCII characters
 * @param traceparent the header {@code traceparent}
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context, section
 *     3.2</a>
 */
public record Correlation(Optional<String> requestId, Optional<String> traceparent) {

  /** A call that has neither, or whose headers were not read. */
  public static final Correlation NONE = new Correlation(Optional.empty(), Optional.empty());

  private static final Pattern REQUEST_ID = Pattern.compile("[!-~]{1,128}");
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  /** Checks that each name keeps its rule: no text of a peer's reaches a line otherwise. */
  public Correlation {
    requireNonNull(requestId, "requestId");
    requireNonNull(traceparent, "traceparent");
    if (!requestId.map(Correlation::isRequestId).orElse(true)) {
      throw InvalidValue.of("requestId", "as given", "1 to 128 printable ASCII characters");
    }
    if (!traceparent.map(Correlation::isTraceparent).orElse(true)) {
      throw InvalidValue.of("traceparent", "as given", "the form of W3C Trace Context");
    }
  }

  private static boolean isRequestId(String text) {
    return REQUEST_ID.matcher(text).matches();
  }

  private static boolean isTraceparent(String text) {
    return TRACEPARENT.matcher(text).matches();
  }

  /** The names that those headers have; a value that breaks its rule is left out. */
  public static Correlation of(Optional<String> requestId, Optional<String> traceparent) {
    Optional<String> id = requestId.filter(Correlation::isRequestId);
    Optional<String> trace = traceparent.filter(Correlation::isTraceparent);
    return id.isEmpty() && trace.isEmpty() ? NONE : new Correlation(id, trace);
  }
}
