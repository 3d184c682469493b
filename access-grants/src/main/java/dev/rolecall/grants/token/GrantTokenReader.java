package dev.rolecall.grants.token;

import dev.rolecall.jwt.ClaimsReading;
import dev.rolecall.jwt.TokenClaims;
import dev.rolecall.jwt.TokenTimes;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the claims of a grant token. Each claim is known, present where it must be, and formed. */
final class GrantTokenReader {

  private static final Set<String> KNOWN =
      Set.of("iss", "aud", "sub", "jti", "gv", "perm", "res", "cnf", "iat", "exp");

  private static final Set<String> HOLDER =
      Set.of(GrantTokenClaims.PRINCIPAL, GrantTokenClaims.ROLE_ID, GrantTokenClaims.SESSION);

  private GrantTokenReader() {}

  static Optional<GrantTokenClaims> read(JsonValue.Members json) {
    if (!KNOWN.containsAll(json.values().keySet())) {
      return Optional.empty();
    }
    if (!(TokenClaims.read(json) instanceof ClaimsReading.Read read)
        || !read.claims().isForOneOf(Set.of(GrantTokenClaims.AUDIENCE))
        || !(json.get(GrantTokenClaims.CONFIRMATION).orElse(null)
            instanceof JsonValue.Members holder)) {
      return Optional.empty();
    }
    try {
      return read(read.claims(), holder);
    } catch (IllegalArgumentException e) {
      // A value breaks the rule of its type, whose words are not for a stranger.
      return Optional.empty();
    }
  }

  private static Optional<GrantTokenClaims> read(TokenClaims claims, JsonValue.Members holder) {
    JsonValue.Members json = claims.all();
    Optional<String> id = json.text("jti");
    Optional<Long> version = json.whole(GrantTokenClaims.VERSION);
    Optional<String> permission = json.text(GrantTokenClaims.PERMISSION);
    Optional<Set<ResourceName>> resources = resources(json);
    Optional<TokenHolder> named = holder(holder);
    TokenTimes times = claims.times();
    if (claims.issuer().isEmpty()
        || id.isEmpty()
        || version.isEmpty()
        || permission.isEmpty()
        || resources.isEmpty()
        || named.isEmpty()
        || times.issuedAt().isEmpty()
        || !claims.subject().equals(named.map(TokenHolder::principal))) {
      return Optional.empty();
    }
    return Optional.of(
        new GrantTokenClaims(
            claims.issuer().get(),
            new GrantTokenClaims.GrantRef(id.get(), version.get()),
            new GrantScope(PermissionName.of(permission.get()), resources.get()),
            named.get(),
            new GrantTokenClaims.Life(times.issuedAt().get(), times.expiry())));
  }

  /** The resources; empty if the claim is there and is no list of at least one. */
  private static Optional<Set<ResourceName>> resources(JsonValue.Members json) {
    if (!json.has(GrantTokenClaims.RESOURCES)) {
      return Optional.of(Set.of());
    }
    if (!(json.get(GrantTokenClaims.RESOURCES).orElse(null) instanceof JsonValue.Items items)
        || items.values().isEmpty()) {
      return Optional.empty();
    }
    Set<ResourceName> names = new HashSet<>();
    for (JsonValue item : items.values()) {
      if (!(item instanceof JsonValue.Text text)) {
        return Optional.empty();
      }
      names.add(ResourceName.of(text.value()));
    }
    return Optional.of(names);
  }

  private static Optional<TokenHolder> holder(JsonValue.Members json) {
    boolean texts = json.values().values().stream().allMatch(JsonValue.Text.class::isInstance);
    return texts && HOLDER.containsAll(json.values().keySet())
        ? json.text(GrantTokenClaims.PRINCIPAL)
            .map(
                principal ->
                    new TokenHolder(
                        principal,
                        json.text(GrantTokenClaims.ROLE_ID).orElse(""),
                        json.text(GrantTokenClaims.SESSION).orElse("")))
        : Optional.empty();
  }
}
