package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.tokens.internal.claim.TokenFacts;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The question whether a plausible token is genuine. No record: the token is a secret. */
final class TokenQuestion implements Question {

  private final String text;
  private final CompactToken token;
  private final KeyedIssuer issuer;
  private final Verification ifGenuine;
  private final String peer;
  private final SignatureVerdicts verdicts;

  /**
   * A question.
   *
   * @param text the token
   * @param ifGenuine the verdict, should it be
   * @param peer the address that it came from
   */
  TokenQuestion(
      String text,
      CompactToken token,
      KeyedIssuer issuer,
      Verification ifGenuine,
      String peer,
      SignatureVerdicts verdicts) {
    this.text = requireNonNull(text, "text");
    this.token = requireNonNull(token, "token");
    this.issuer = requireNonNull(issuer, "issuer");
    this.ifGenuine = requireNonNull(ifGenuine, "ifGenuine");
    this.peer = requireNonNull(peer, "peer");
    this.verdicts = requireNonNull(verdicts, "verdicts");
  }

  CompactToken token() {
    return token;
  }

  Verification ifGenuine() {
    return ifGenuine;
  }

  String peer() {
    return peer;
  }

  /** A token has one text. */
  @Override
  public CredentialKey key() {
    return new CredentialKey(text, text.hashCode());
  }

  @Override
  public Issuer issuer() {
    return issuer;
  }

  KeyedIssuer keyedIssuer() {
    return issuer;
  }

  /** The principal that the token claims; the issuer alone, where it is of another kind. */
  @Override
  public String claimedId() {
    return ifGenuine.fold(
        verified -> verified.caller().principal().text(),
        refused -> issuer.rules().alias().value(),
        unavailable -> issuer.rules().alias().value());
  }

  @Override
  public Optional<Facts> facts() {
    return Optional.of(claimed());
  }

  TokenFacts claimed() {
    return TokenFacts.of(issuer.rules().alias(), token);
  }

  @Override
  public CompletableFuture<Answer> ask(long began) {
    return verdicts.about(this);
  }

  @Override
  public String toString() {
    return "TokenQuestion[" + issuer.rules().alias() + ", ****]";
  }
}
