package dev.rolecall.tokens;

import static dev.rolecall.identity.RefusalReason.ISSUER_ANSWER_INVALID;
import static dev.rolecall.identity.RefusalReason.ISSUER_UNAVAILABLE;
import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.tokens.internal.claim.IntrospectionRules;
import dev.rolecall.tokens.internal.claim.TokenFacts;
import dev.rolecall.tokens.internal.http.IssuerFailure;
import dev.rolecall.tokens.internal.introspection.Introspector;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The reader of opaque tokens, and the judge of what their issuer says of them.
 *
 * @param rules what it must say
 * @param introspector asks it
 * @param clock wall time
 */
record OpaqueTokens(IntrospectionRules rules, Introspector introspector, Clock clock) {

  /** The characters of a bearer token (RFC 6750, section 2.1). */
  private static final Alphabet CHARACTERS = Alphabet.BASE64URL.and(Alphabet.of(".~+/="));

  private static final int SHORTEST = 16;
  private static final int LONGEST = 4_096;

  OpaqueTokens {
    requireNonNull(rules, "rules");
    requireNonNull(introspector, "introspector");
    requireNonNull(clock, "clock");
  }

  /** The alias of the issuer. */
  IssuerAlias alias() {
    return rules.token().alias();
  }

  Reading read(String text) {
    return CHARACTERS.spells(text, SHORTEST, LONGEST)
        ? new OpaqueQuestion(text, this)
        : Reading.refused(
            RefusalReason.CREDENTIAL_MALFORMED,
            Optional.of(TokenFacts.malformed("not 16 to 4096 characters of a bearer token")));
  }

  /** Asks the issuer. Completes exceptionally for a defect alone. */
  CompletableFuture<Answer> ask(OpaqueQuestion question) {
    return introspector
        .ask(question.text())
        .thenApply(said -> said.fold(this::judge, this::failed));
  }

  private Answer judge(JsonValue.Members said) {
    return rules
        .judge(said, clock.instant())
        .map(verdict -> new Answer(verdict, Answer.Reply.ANSWERED))
        .orElseGet(() -> failed(IssuerFailure.MALFORMED));
  }

  private Answer failed(IssuerFailure failure) {
    boolean answered =
        switch (failure) {
          case MALFORMED, TOO_LONG, REDIRECT -> true;
          default -> false;
        };
    return new Answer(
        new Verification.Unavailable(
            answered ? ISSUER_ANSWER_INVALID : ISSUER_UNAVAILABLE,
            Optional.of(introspector.retryAfter()),
            Optional.of(TokenFacts.ofOpaque(alias()))),
        Answer.Reply.UNANSWERED);
  }
}
