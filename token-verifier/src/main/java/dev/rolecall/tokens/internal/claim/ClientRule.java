package dev.rolecall.tokens.internal.claim;

import static dev.rolecall.tokens.internal.claim.FailedCheckException.unless;

import dev.rolecall.identity.OidcSubject;
import dev.rolecall.jwt.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * The claims that name the client a token was issued to. Where several are present, they are equal.
 *
 * @param claims the names of the claims
 * @param required whether a token must have one
 */
record ClientRule(List<String> claims, boolean required) {

  ClientRule {
    claims = List.copyOf(claims);
  }

  static ClientRule required(String... claims) {
    return new ClientRule(List.of(claims), true);
  }

  static ClientRule optional(String... claims) {
    return new ClientRule(List.of(claims), false);
  }

  Optional<String> client(JsonValue.Members all) throws FailedCheckException {
    Optional<String> client = Optional.empty();
    for (String name : claims) {
      if (all.has(name)) {
        Optional<String> here = all.text(name).filter(OidcSubject::isValid);
        unless(here.isPresent(), TokenCheck.CLIENT);
        unless(client.isEmpty() || client.equals(here), TokenCheck.CLIENT);
        client = here;
      }
    }
    unless(client.isPresent() || !required, TokenCheck.CLIENT);
    return client;
  }
}
