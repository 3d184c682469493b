package dev.rolecall.verifier.sts;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where it is noted how requests to STS end: each in a metric and at DEBUG. A line for people to
 * read is written only when an endpoint's circuit opens or closes, which nothing that a caller
 * sends can bring about.
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
