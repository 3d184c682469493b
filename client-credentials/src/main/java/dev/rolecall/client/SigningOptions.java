package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.internal.InvalidValue;
import java.time.Duration;

/**
 * The options that {@link IamCallCredentials} and {@link ProofSource} share: the AWS credentials
 * that sign a proof, its STS endpoint, and the time of its renewal.
 *
 * @param <B> the builder itself
 */
public abstract sealed class SigningOptions<B extends SigningOptions<B>> extends AwsOptions<B>
    permits IamCallCredentials.Builder, ProofSource.Builder {

  private static final Duration MIN_RENEWAL_MARGIN = Duration.ofMinutes(1);
  private static final Duration MAX_RENEWAL_MARGIN = Duration.ofMinutes(14);

  private final Audience audience;
  private Duration renewalMargin = Duration.ofMinutes(5);

  SigningOptions(Audience audience) {
    super(audience.name());
    this.audience = audience;
  }

  /**
   * How long before a proof's end it is renewed: 1 to 14 minutes, default 5. At most a third of the
   * life of a proof whose credentials end before its 15 minutes do.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public final B renewalMargin(Duration margin) {
    requireNonNull(margin, "margin");
    if (margin.compareTo(MIN_RENEWAL_MARGIN) < 0 || margin.compareTo(MAX_RENEWAL_MARGIN) > 0) {
      throw InvalidValue.of(
          "renewal margin", margin.toString(), MIN_RENEWAL_MARGIN + " to " + MAX_RENEWAL_MARGIN);
    }
    this.renewalMargin = margin;
    return self();
  }

  final ProofSource newSource() {
    return new ProofSource(
        audience,
        new ProofSigning(loading(), new Presigner(audience, timing().clock()), renewalMargin),
        timing(),
        renewals());
  }
}
