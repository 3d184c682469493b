package dev.rolecall.tls;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import java.util.Locale;

/**
 * Counts the attempts to replace this end's certificate, by result, as {@code
 * rolecall.tls.renewals}. Its one attribute is a word of a closed set.
 */
final class AttestationRenewals {

  /** The result of an attempt; all but the first leave the old certificate in use. */
  enum Result {
    /** The new certificate is in use. */
    RENEWED,
    /** No proof was to be had: the AWS credentials could not be loaded. */
    NO_PROOF,
    /** STS did not confirm the new certificate, or could not be asked. */
    NOT_CONFIRMED,
    /** A defect of this end. */
    DEFECT;

    Attributes attributes() {
      return Attributes.of(AttributeKey.stringKey("result"), name().toLowerCase(Locale.ROOT));
    }
  }

  private final LongCounter renewals;

  /** Declares the instrument. */
  AttestationRenewals(OpenTelemetry telemetry) {
    this.renewals =
        telemetry
            .getMeter("rolecall")
            .counterBuilder("rolecall.tls.renewals")
            .setDescription("Attempts to replace an attested certificate, by result.")
            .build();
    for (Result result : Result.values()) {
      // An alert on an increase must see the step from none to one too.
      renewals.add(0, result.attributes());
    }
  }

  void count(Result result) {
    renewals.add(1, result.attributes());
  }
}
