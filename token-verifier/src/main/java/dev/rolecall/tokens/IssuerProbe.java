package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.tokens.internal.http.HttpIssuerTransport;
import dev.rolecall.tokens.internal.http.IssuerExchanges;
import dev.rolecall.tokens.internal.http.IssuerFailure;
import dev.rolecall.tokens.internal.http.TrustFile;
import dev.rolecall.tokens.internal.keys.KeyQuestion;
import java.util.Set;
import java.util.function.Function;

/**
 * A question to an issuer on the way that a {@link TokenVerifier}'s fetches take: its discovery
 * document, then its keys. For tools that say why keys cannot be had. It holds no token.
 */
public final class IssuerProbe {

  private static final Set<IssuerFailure> PASSING =
      Set.of(IssuerFailure.TIMEOUT, IssuerFailure.CONNECTION, IssuerFailure.STATUS);

  private IssuerProbe() {}

  /**
   * Asks. Blocks for five seconds at most.
   *
   * @throws IllegalArgumentException if the issuer's settings break a rule
   */
  public static Answer ask(TokenIssuer issuer) {
    issuer.keys().check(issuer.issuer());
    try (AccessRuntime runtime = AccessRuntime.ofDefaults()) {
      HttpIssuerTransport transport =
          HttpIssuerTransport.create(
              runtime.newWaiters("rolecall-issuer-probe-"),
              issuer.keys().trust().map(TrustFile::context));
      return KeyQuestion.ask(
              issuer.issuer(), issuer.keys(), new IssuerExchanges(transport, runtime))
          .join()
          .fold(Keys::new, failure -> new Failed(failure.words(), PASSING.contains(failure)));
    }
  }

  /** The outcome of a question. */
  public sealed interface Answer {

    /** Calls the function of the arm this is. */
    default <T> T fold(Function<Keys, T> keys, Function<Failed, T> failed) {
      if (this instanceof Keys arm) {
        return keys.apply(arm);
      }
      if (this instanceof Failed arm) {
        return failed.apply(arm);
      }
      throw new AssertionError("no arm of Answer");
    }
  }

  /**
   * The issuer publishes usable keys.
   *
   * @param keys at least one, with the findings about those that are not usable
   */
  public record Keys(KeySet keys) implements Answer {
    /** Checks that nothing is absent. */
    public Keys {
      requireNonNull(keys, "keys");
    }
  }

  /**
   * There are no keys.
   *
   * @param words why, in fixed words
   * @param isPassing whether the issuer may not have been reached; else it answered something wrong
   */
  public record Failed(String words, boolean isPassing) implements Answer {
    /** Checks that nothing is absent. */
    public Failed {
      requireNonNull(words, "words");
    }
  }
}
