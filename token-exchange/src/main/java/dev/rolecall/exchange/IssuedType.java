package dev.rolecall.exchange;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The types of token that a client may ask for. Both are the same token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-3">RFC 8693, section 3</a>
 */
enum IssuedType {
  /** An access token, the default. */
  ACCESS_TOKEN("urn:ietf:params:oauth:token-type:access_token"),
  /** A JWT. */
  JWT("urn:ietf:params:oauth:token-type:jwt");

  private final String urn;

  IssuedType(String urn) {
    this.urn = urn;
  }

  /** The name that travels. */
  String urn() {
    return urn;
  }

  /** The type of that name. */
  static Optional<IssuedType> named(String urn) {
    return Stream.of(values()).filter(type -> type.urn.equals(urn)).findAny();
  }
}
