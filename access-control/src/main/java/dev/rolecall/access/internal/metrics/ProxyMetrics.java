package dev.rolecall.access.internal.metrics;

import dev.rolecall.identity.RefusalReason;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;

/** The instruments of callers that proxies pass on. */
public final class ProxyMetrics {

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final Attributes VERIFIED = Attributes.of(RESULT, "verified");
  private static final Attributes IGNORED = Attributes.of(RESULT, "ignored");

  private final SteadyCounter tokens;

  /** Declares the instruments. */
  public ProxyMetrics(OpenTelemetry telemetry) {
    this.tokens =
        new Instruments(telemetry)
            .counter(
                "rolecall.transaction_tokens",
                "Transaction tokens of callers that were passed on, by result.");
  }

  /** A token was verified, and is remembered from now on. */
  public void verified() {
    tokens.add(1, VERIFIED);
  }

  /** A caller that is no trusted proxy sent a token, which nothing reads. */
  public void ignored() {
    tokens.add(1, IGNORED);
  }

  /** A call of a trusted proxy was refused for its token, or want of the keys to verify it. */
  public void refused(RefusalReason reason) {
    tokens.add(1, Attributes.of(RESULT, reason.label()));
  }
}
