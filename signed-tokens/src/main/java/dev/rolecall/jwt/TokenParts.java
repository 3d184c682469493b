package dev.rolecall.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rolecall.jwt.internal.Base64Url;
import java.util.Optional;

/**
 * The three parts of a compact token: split and decoded, unread. No record: it holds secrets.
 *
 * <p>One array of bytes has one spelling, so the parts have one text.
 */
final class TokenParts {

  final byte[] header;
  final byte[] payload;
  final byte[] signature;
  final byte[] signingInput;

  private TokenParts(byte[] header, byte[] payload, byte[] signature, byte[] signingInput) {
    this.header = header;
    this.payload = payload;
    this.signature = signature;
    this.signingInput = signingInput;
  }

  /** The check of lengths and dots that a text fails, before anything of it is copied. */
  static Optional<TokenFlaw> flaw(String text, TokenLimits limits) {
    if (text.length() > limits.characters()) {
      return Optional.of(TokenFlaw.TOO_LONG);
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return first > 0
            && second > first + 1
            && second < text.length() - 1
            && text.indexOf('.', second + 1) < 0
        ? Optional.empty()
        : Optional.of(TokenFlaw.PARTS);
  }

  /** The parts of a text without such a flaw; empty if one is no canonical base64url. */
  static Optional<TokenParts> decode(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    Optional<byte[]> header = Base64Url.decode(text, 0, first);
    Optional<byte[]> payload = Base64Url.decode(text, first + 1, second);
    Optional<byte[]> signature = Base64Url.decode(text, second + 1, text.length());
    return header.isEmpty() || payload.isEmpty() || signature.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TokenParts(
                header.get(),
                payload.get(),
                signature.get(),
                text.substring(0, second).getBytes(ISO_8859_1)));
  }
}
