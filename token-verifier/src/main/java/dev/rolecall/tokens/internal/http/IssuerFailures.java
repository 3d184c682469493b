package dev.rolecall.tokens.internal.http;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.identity.IssuerAlias;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;

/** The count of failures of issuers, by the issuer's alias and the cause. */
public final class IssuerFailures {

  /** The label of the issuer's alias. */
  public static final AttributeKey<String> ISSUER = AttributeKey.stringKey("issuer");

  private static final AttributeKey<String> CAUSE = AttributeKey.stringKey("cause");

  private final SteadyCounter failures;

  /** Declares the instrument. */
  public IssuerFailures(OpenTelemetry telemetry) {
    this.failures =
        new Instruments(telemetry)
            .counter(
                "rolecall.issuer.failures",
                "Requests to an issuer of tokens that gave nothing of use, by issuer and cause.");
  }

  /** An issuer is asked from now on: an alert must see the step from none to one. */
  public void declare(IssuerAlias alias) {
    for (IssuerFailure failure : IssuerFailure.values()) {
      add(0, alias, failure);
    }
  }

  /** A request gave nothing of use. */
  public void count(IssuerAlias alias, IssuerFailure failure) {
    add(1, alias, failure);
  }

  private void add(long value, IssuerAlias alias, IssuerFailure failure) {
    failures.add(value, Attributes.of(ISSUER, alias.value(), CAUSE, failure.label()));
  }
}
