package dev.rolecall.tokens.internal.claim;

import dev.rolecall.jwt.TokenHeader;
import java.util.List;

/**
 * The types of token that a profile accepts, by {@code typ}.
 *
 * @param types the accepted types, in any case and with or without {@code application/}
 * @param absent whether a token may have none
 */
record TypeRule(List<String> types, boolean absent) {

  TypeRule {
    types = List.copyOf(types);
  }

  /** One of those. */
  static TypeRule of(String... types) {
    return new TypeRule(List.of(types), false);
  }

  /** One of those, or none. */
  static TypeRule ofNoneOr(String... types) {
    return new TypeRule(List.of(types), true);
  }

  boolean accepts(TokenHeader header) {
    return header.type().isEmpty() ? absent : types.stream().anyMatch(header::isOfType);
  }
}
