package dev.rolecall.jwt;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.json.JsonFlaw;
import java.util.Optional;
import java.util.function.Function;

/** The outcome of reading a token's text: well-formed or malformed, and never verified. */
public sealed interface TokenReading {

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<CompactToken, T> wellFormed, Function<Malformed, T> malformed) {
    if (this instanceof WellFormed good) {
      return wellFormed.apply(good.token());
    }
    if (this instanceof Malformed bad) {
      return malformed.apply(bad);
    }
    throw new AssertionError(this);
  }

  /**
   * A well-formed token: nothing in it has been verified.
   *
   * @param token the token
   */
  record WellFormed(CompactToken token) implements TokenReading {
    /** Checks that nothing is absent. */
    public WellFormed {
      requireNonNull(token, "token");
    }
  }

  /**
   * Not a token that is read here.
   *
   * @param flaw the first check that the text fails
   * @param json of {@link TokenFlaw#HEADER_JSON} and {@link TokenFlaw#PAYLOAD_JSON}, the rule of
   *     JSON or the limit that is broken
   */
  record Malformed(TokenFlaw flaw, Optional<JsonFlaw> json) implements TokenReading {
    /** Checks that nothing is absent. */
    public Malformed {
      requireNonNull(flaw, "flaw");
      requireNonNull(json, "json");
    }

    /** The rule in words fixed by this package: never a part of the text, so it may be logged. */
    public String rule() {
      return json.map(detail -> flaw.words() + ": " + detail.words()).orElse(flaw.words());
    }
  }
}
