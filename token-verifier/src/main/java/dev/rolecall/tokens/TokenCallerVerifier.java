package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import java.util.Optional;

/** Reads the tokens of calls: signed ones, and opaque ones where an issuer is asked about them. */
final class TokenCallerVerifier implements CallerVerifier {

  private final SignedTokens signed;
  private final Optional<OpaqueTokens> opaque;

  TokenCallerVerifier(SignedTokens signed, Optional<OpaqueTokens> opaque) {
    this.signed = requireNonNull(signed, "signed");
    this.opaque = requireNonNull(opaque, "opaque");
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    String text = credential instanceof Credential.Header header ? header.bearer() : null;
    if (text == null) {
      return Reading.notMine();
    }
    return switch (TokenShape.of(text)) {
      case FOREIGN -> Reading.notMine();
      case SIGNED -> signed.read(text, connection);
      case OPAQUE -> opaque.map(tokens -> tokens.read(text)).orElse(Reading.notMine());
    };
  }

  @Override
  public void close() {
    signed.issuers().all().forEach(issuer -> issuer.keys().close());
  }
}
