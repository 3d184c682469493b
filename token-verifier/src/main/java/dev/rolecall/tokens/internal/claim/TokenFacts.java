package dev.rolecall.tokens.internal.claim;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.jwt.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The facts of a refused token that an operator needs, for logs and audit records. The token claims
 * them and nothing confirms them. Each is printable and of at most 200 characters. The token's text
 * and signature are left out.
 *
 * @param issuer the alias of the configured issuer; of any other, the text that the token claims
 * @param subject {@code sub}
 * @param client {@code client_id} or {@code azp}
 * @param id {@code jti}
 * @param kid the id of the key
 * @param check the check that it failed, in fixed words
 */
public record TokenFacts(
    Optional<String> issuer,
    Optional<String> subject,
    Optional<String> client,
    Optional<String> id,
    Optional<String> kid,
    Optional<String> check)
    implements Facts {

  private static final TokenFacts NONE =
      new TokenFacts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Checks that nothing is absent. */
  public TokenFacts {
    requireNonNull(issuer, "issuer");
    requireNonNull(subject, "subject");
    requireNonNull(client, "client");
    requireNonNull(id, "id");
    requireNonNull(kid, "kid");
    requireNonNull(check, "check");
  }

  /** Of a text that is no token. */
  public static TokenFacts malformed(String rule) {
    return NONE.failing(rule);
  }

  /** Of an opaque token, of which its issuer alone is known. */
  public static TokenFacts ofOpaque(IssuerAlias alias) {
    return new TokenFacts(
        Optional.of(alias.value()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Of a token of a configured issuer. */
  public static TokenFacts of(IssuerAlias alias, CompactToken token) {
    return of(Optional.of(alias.value()), token.claims(), token.header().kid());
  }

  /** Of a token of no configured issuer. */
  public static TokenFacts ofUnknown(CompactToken token) {
    return of(text(token.claims(), "iss"), token.claims(), token.header().kid());
  }

  /** Of what an issuer says of an opaque token. */
  static TokenFacts of(IssuerAlias alias, JsonValue.Members said) {
    return of(Optional.of(alias.value()), said, Optional.empty());
  }

  private static TokenFacts of(
      Optional<String> issuer, JsonValue.Members claims, Optional<String> kid) {
    return new TokenFacts(
        issuer,
        text(claims, "sub"),
        text(claims, "client_id").or(() -> text(claims, "azp")),
        text(claims, "jti"),
        kid.map(InvalidValue::printable),
        Optional.empty());
  }

  private static Optional<String> text(JsonValue.Members claims, String name) {
    return claims.text(name).map(InvalidValue::printable);
  }

  /** The same of a token that failed that check. */
  public TokenFacts failing(TokenCheck failed) {
    return failing(failed.words());
  }

  private TokenFacts failing(String words) {
    return new TokenFacts(issuer, subject, client, id, kid, Optional.of(words));
  }

  /** Two bytes a character, of all but the words of the check. */
  @Override
  public int size() {
    return 2 * (length(issuer) + length(subject) + length(client) + length(id) + length(kid));
  }

  private static int length(Optional<String> text) {
    return text.map(String::length).orElse(0);
  }

  @Override
  public List<Fact> list() {
    List<Fact> facts = new ArrayList<>();
    add(facts, "check", "check", check);
    add(facts, "issuer", "issuer", issuer);
    add(facts, "subject", "subject", subject);
    add(facts, "client", "client", client);
    add(facts, "token_id", "token id", id);
    add(facts, "key_id", "key id", kid);
    return facts;
  }

  private static void add(List<Fact> facts, String field, String label, Optional<String> value) {
    value.ifPresent(text -> facts.add(new Fact(field, label, text)));
  }
}
