package dev.rolecall.tokens;

import dev.rolecall.identity.SpiffeId;
import dev.rolecall.jwt.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configured issuers, each by its text. A token's {@code iss} picks one before any key is
 * looked for, so that a key id never does.
 */
final class IssuerTable {

  private final List<KeyedIssuer> all;
  private final Map<String, KeyedIssuer> byText = new HashMap<>();

  /** Those of workloads, whose tokens may have no {@code iss}: by trust domain. */
  private final Map<String, KeyedIssuer> byTrustDomain = new HashMap<>();

  IssuerTable(List<KeyedIssuer> issuers) {
    this.all = List.copyOf(issuers);
    for (KeyedIssuer each : issuers) {
      byText.put(each.rules().issuer(), each);
      each.rules().trustDomain().ifPresent(domain -> byTrustDomain.put(domain, each));
    }
  }

  List<KeyedIssuer> all() {
    return all;
  }

  /** The issuer that the claims name; empty if it is none of these. */
  Optional<KeyedIssuer> find(JsonValue.Members claims) {
    return claims.has("iss")
        ? claims.text("iss").flatMap(text -> Optional.ofNullable(byText.get(text)))
        : claims
            .text("sub")
            .flatMap(IssuerTable::trustDomain)
            .flatMap(domain -> Optional.ofNullable(byTrustDomain.get(domain)));
  }

  private static Optional<String> trustDomain(String subject) {
    int end = subject.indexOf('/', SpiffeId.PREFIX.length());
    return subject.startsWith(SpiffeId.PREFIX) && end > 0
        ? Optional.of(subject.substring(SpiffeId.PREFIX.length(), end))
        : Optional.empty();
  }
}
