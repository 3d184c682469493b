package dev.rolecall.verifier.internal.sts;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.rolecall.verifier.internal.answer.AnswerReader;
import dev.rolecall.verifier.internal.answer.StsCode;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The log of how requests to STS end: each in a metric and at DEBUG. A line at a higher level is
 * written only when an endpoint's circuit opens or closes, which no caller can bring about.
 */
final class StsLog {

  private static final System.Logger LOGGER = System.getLogger("rolecall.sts");

  private final StsMetrics metrics;

  /** A log that also counts. */
  StsLog(StsMetrics metrics) {
    this.metrics = requireNonNull(metrics, "metrics");
  }

  void answered(StsEndpoint endpoint, Duration took, StsCode code, @Nullable StsResponse response) {
    metrics.answered(took, endpoint.region().value(), code.label());
    if (response != null && LOGGER.isLoggable(DEBUG)) {
      LOGGER.log(
          DEBUG,
          "STS at {0}: {1}, HTTP {2}, request {3}",
          endpoint.host(),
          code.label(),
          Integer.toString(response.status()),
          AnswerReader.requestId(response).orElse("without id"));
    }
  }

  void circuitOpened(StsEndpoint endpoint, StsCode code) {
    metrics.circuitChanged(endpoint.region().value(), "opened");
    LOGGER.log(
        WARNING,
        "STS at {0} does not answer as it should: {1}. It is asked now and then whether it is back;"
            + " until then new callers are told to wait, and callers already verified go on until"
            + " their proofs lapse.",
        endpoint.host(),
        code.label());
  }

  void circuitClosed(StsEndpoint endpoint) {
    metrics.circuitChanged(endpoint.region().value(), "closed");
    LOGGER.log(INFO, "STS at {0} answers again.", endpoint.host());
  }
}
