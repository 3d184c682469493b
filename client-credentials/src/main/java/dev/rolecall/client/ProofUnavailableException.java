package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.renewal.RenewalFailure;
import java.util.List;

/**
 * Thrown where there is no proof or web identity token to send: the message says what was tried. It
 * holds no secret and has no cause, because what the AWS SDK and STS say may hold one. The logger
 * {@code software.amazon.awssdk.auth} tells more at its debug level.
 */
public final class ProofUnavailableException extends RuntimeException implements RenewalFailure {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Not written when this is serialized: a reader elsewhere has the message. */
  private final transient List<CredentialsAttempt> attempts;

  ProofUnavailableException(Kind kind, String message) {
    this(kind, message, List.of());
  }

  ProofUnavailableException(Kind kind, String message, List<CredentialsAttempt> attempts) {
    super(requireNonNull(message, "message"));
    this.kind = requireNonNull(kind, "kind");
    this.attempts = List.copyOf(attempts);
  }

  /**
   * Why each place of the default chain that was asked gave no credentials, in the chain's order.
   * Empty where the chain was not asked, or is not the reason.
   */
  public List<CredentialsAttempt> attempts() {
    // Absent after deserialization.
    return attempts == null ? List.of() : attempts;
  }

  /**
   * True where another attempt may succeed as things are (a time-out, throttling); false where the
   * set-up has to change first (no credentials, no Region, access denied, closed).
   */
  public boolean isRetryable() {
    return kind == Kind.PASSING;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
