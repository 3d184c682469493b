package dev.rolecall.tokencredentials;

import static java.util.Objects.requireNonNull;

import dev.rolecall.renewal.RenewalFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where there is no token to send: the message names the endpoint's host or the file, what
 * went wrong and what to do. It holds no secret and has no cause.
 */
public final class TokenUnavailableException extends RuntimeException implements RenewalFailure {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Not written when this is serialized: a reader elsewhere has the message. */
  private final transient Pause pause;

  private final @Nullable String error;

  TokenUnavailableException(Kind kind, String message) {
    this(kind, message, Pause.USUAL, null);
  }

  TokenUnavailableException(Kind kind, String message, Pause pause, @Nullable String error) {
    super(requireNonNull(message, "message"));
    this.kind = requireNonNull(kind, "kind");
    this.pause = requireNonNull(pause, "pause");
    this.error = error;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public Pause pause() {
    // Absent after deserialization.
    return pause == null ? Pause.USUAL : pause;
  }

  /**
   * True where another attempt may succeed as things are (a time-out, throttling); false where the
   * set-up has to change first (a wrong secret, an unknown scope, closed).
   */
  public boolean isRetryable() {
    return kind == Kind.PASSING;
  }

  /**
   * The error code that the token endpoint answered, such as {@code invalid_client} (RFC 6749,
   * section 5.2); empty if it answered none.
   */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }
}
