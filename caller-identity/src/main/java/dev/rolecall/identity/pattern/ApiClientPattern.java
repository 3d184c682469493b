package dev.rolecall.identity.pattern;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.internal.InvalidValue;
import java.util.Optional;

/**
 * One API client by its exact name: {@code key:ci}.
 *
 * @param client the client
 */
public record ApiClientPattern(ApiClient client) implements PrincipalPattern {

  /** Checks that nothing is absent. */
  public ApiClientPattern {
    requireNonNull(client, "client");
  }

  static ApiClientPattern parse(String text) {
    String name = text.substring(ApiClient.PREFIX.length());
    if (!ApiClient.isValid(name)) {
      throw InvalidValue.of(RolePatternText.WHAT, text, "key:{name}, the name " + ApiClient.RULE);
    }
    return new ApiClientPattern(new ApiClient(name));
  }

  @Override
  public boolean matches(Principal principal, Attributes attributes) {
    return client.equals(principal);
  }

  @Override
  public Optional<Principal> onlyPrincipal() {
    return Optional.of(client);
  }

  @Override
  public String toString() {
    return client.text();
  }
}
