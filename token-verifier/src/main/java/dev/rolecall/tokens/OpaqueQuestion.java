package dev.rolecall.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.tokens.internal.claim.TokenFacts;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The question to an issuer about an opaque token. No record: the token is a secret. */
final class OpaqueQuestion implements Question {

  private final String text;
  private final OpaqueTokens tokens;

  OpaqueQuestion(String text, OpaqueTokens tokens) {
    this.text = requireNonNull(text, "text");
    this.tokens = requireNonNull(tokens, "tokens");
  }

  String text() {
    return text;
  }

  @Override
  public CredentialKey key() {
    return new CredentialKey(text, text.hashCode());
  }

  @Override
  public Issuer issuer() {
    return tokens.introspector();
  }

  /** The hash of the token, which is all that is known of it. */
  @Override
  public String claimedId() {
    return tokens.alias() + ":" + BindingHash.of(text.getBytes(US_ASCII));
  }

  @Override
  public Optional<Facts> facts() {
    return Optional.of(TokenFacts.ofOpaque(tokens.alias()));
  }

  @Override
  public CompletableFuture<Answer> ask(long began) {
    return tokens.ask(this);
  }

  @Override
  public String toString() {
    return "OpaqueQuestion[" + tokens.alias() + ", ****]";
  }
}
