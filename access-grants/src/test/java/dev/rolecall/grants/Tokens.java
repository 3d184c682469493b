package dev.rolecall.grants;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.grants.token.GrantScope;
import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.grants.token.TokenHolder;
import dev.rolecall.grants.v1.SigningKeyState;
import dev.rolecall.jwt.TokenSigner;
import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The issuing side of grant tokens as a test has it. */
final class Tokens {

  static final SigningKey KEY = SigningKey.generate(Algorithm.ES256, new SecureRandom());
  static final SigningKey OTHER = SigningKey.generate(Algorithm.ES256, new SecureRandom());

  private Tokens() {}

  /** The claims of a token of Alice's grant for all resources. */
  static GrantTokenClaims claims(Instant issuedAt, String... resources) {
    return new GrantTokenClaims(
        "access",
        new GrantTokenClaims.GrantRef("g1", 1),
        new GrantScope(
            PermissionName.of("orders-admin"),
            Stream.of(resources).map(ResourceName::of).collect(Collectors.toSet())),
        new TokenHolder(Bench.ARN, Bench.ROLE, "alice@corp"),
        life(issuedAt, Duration.ofMinutes(5)));
  }

  static GrantTokenClaims.Life life(Instant issuedAt, Duration length) {
    Instant whole = Instant.ofEpochSecond(issuedAt.getEpochSecond());
    return new GrantTokenClaims.Life(whole, whole.plus(length));
  }

  static GrantTokenClaims with(GrantTokenClaims claims, TokenHolder holder) {
    return new GrantTokenClaims(
        claims.issuer(), claims.grant(), claims.scope(), holder, claims.life());
  }

  static GrantTokenClaims with(GrantTokenClaims claims, GrantTokenClaims.Life life) {
    return new GrantTokenClaims(
        claims.issuer(), claims.grant(), claims.scope(), claims.holder(), life);
  }

  static String sign(GrantTokenClaims claims) {
    return sign(KEY, GrantTokenClaims.TYPE, claims.toJson());
  }

  static String sign(SigningKey key, String type, JsonValue.Members claims) {
    return TokenSigner.of(key).sign(type, claims).text();
  }

  /** The claims with a change. */
  static JsonValue.Members changed(
      GrantTokenClaims claims, Consumer<Map<String, JsonValue>> change) {
    Map<String, JsonValue> values = new LinkedHashMap<>(claims.toJson().values());
    change.accept(values);
    return new JsonValue.Members(values);
  }

  static KeySet keys(SigningKey... keys) {
    return KeySet.of(Stream.of(keys).map(SigningKey::verificationKey).toList());
  }

  /** The key as a feed tells of it. */
  static dev.rolecall.grants.v1.SigningKey told(SigningKey key, SigningKeyState state) {
    JsonValue.Members set =
        ((JsonReading.Read) JsonReading.of(keys(key).toJson(), new JsonLimits(10_000, 8, 100, 20)))
            .members();
    List<JsonValue> jwks = ((JsonValue.Items) set.get("keys").orElseThrow()).values();
    return dev.rolecall.grants.v1.SigningKey.newBuilder()
        .setKid(key.kid())
        .setAlg(key.algorithm().jose())
        .setState(state)
        .setPublicJwk(new String(((JsonValue.Members) jwks.get(0)).toJson(), UTF_8))
        .build();
  }

  static Set<SigningKeyState> states() {
    return Set.of(SigningKeyState.NEXT, SigningKeyState.CURRENT, SigningKeyState.RETIRED);
  }
}
