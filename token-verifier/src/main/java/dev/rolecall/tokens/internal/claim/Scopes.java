package dev.rolecall.tokens.internal.claim;

import static dev.rolecall.tokens.internal.claim.FailedCheckException.unless;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.jwt.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The scopes of a token: {@code scope}, a text (RFC 8693, section 4.2), or {@code scp}, a text or a
 * list, as some issuers have it.
 */
final class Scopes {

  private static final Alphabet CHARACTERS =
      Alphabet.range('#', '[').and(Alphabet.range(']', '~')).and(Alphabet.of("!"));
  private static final int MOST = 200;
  private static final int LONGEST = 1_024;

  private Scopes() {}

  static Set<String> of(JsonValue.Members claims) throws FailedCheckException {
    Set<String> scopes = new LinkedHashSet<>();
    if (claims.has("scope")) {
      add(scopes, texts(claims, "scope"));
    }
    if (claims.has("scp")) {
      add(scopes, texts(claims, "scp"));
    }
    unless(scopes.size() <= MOST, TokenCheck.SCOPE);
    return scopes;
  }

  private static void add(Set<String> scopes, List<String> texts) throws FailedCheckException {
    for (String text : texts) {
      unless(CHARACTERS.spells(text, 1, LONGEST), TokenCheck.SCOPE);
      scopes.add(text);
    }
  }

  private static List<String> texts(JsonValue.Members claims, String name)
      throws FailedCheckException {
    JsonValue claim = claims.get(name).orElseThrow();
    if (claim instanceof JsonValue.Text text) {
      return text.value().isEmpty() ? List.of() : List.of(text.value().split(" ", -1));
    }
    unless(claim instanceof JsonValue.Items, TokenCheck.SCOPE);
    List<String> texts = new ArrayList<>();
    for (JsonValue each : ((JsonValue.Items) claim).values()) {
      unless(each instanceof JsonValue.Text, TokenCheck.SCOPE);
      texts.add(((JsonValue.Text) each).value());
    }
    return texts;
  }
}
