package dev.rolecall.verifier.sts;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.rolecall.verifier.metrics.VerifierMetrics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where it is noted how requests to STS end: each in a metric and at DEBUG, an endpoint's going and
 * coming back once at WARNING. Throttling is not an outage here: STS throttles the caller's
 * account, so any caller could write that line at will.
 */
public final class StsLog {

  private static final System.Logger LOGGER = System.getLogger(StsLog.class.getName());

  private final VerifierMetrics metrics;
  private final Set<StsEndpoint> down = ConcurrentHashMap.newKeySet();

  /** A log that also counts. */
  public StsLog(VerifierMetrics metrics) {
    this.metrics = requireNonNull(metrics, "metrics");
  }

  void answered(StsEndpoint endpoint, Duration took, StsCode code, @Nullable StsResponse response) {
    metrics.stsAnswered(took, endpoint.region().value(), code.label());
    if (response != null && LOGGER.isLoggable(DEBUG)) {
      LOGGER.log(
          DEBUG,
          "STS at {0}: {1}, HTTP {2}, request {3}",
          endpoint.host(),
          code.label(),
          Integer.toString(response.status()),
          AnswerReader.requestId(response).orElse("without id"));
    }
    switch (code.meaning()) {
      case DOWN, INVALID -> {
        if (down.add(endpoint)) {
          LOGGER.log(
              WARNING,
              "STS at {0} does not answer as it should: {1}. Callers already verified go on until"
                  + " their proofs lapse.",
              endpoint.host(),
              code.label());
        }
      }
      case CONFIRMED, REFUSED -> {
        if (down.remove(endpoint)) {
          LOGGER.log(WARNING, "STS at {0} answers again.", endpoint.host());
        }
      }
      case BUSY -> {}
    }
  }
}
