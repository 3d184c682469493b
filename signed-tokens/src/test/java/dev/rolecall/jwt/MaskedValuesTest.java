package dev.rolecall.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.jwt.json.JsonFlaw;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeyFlaw;
import dev.rolecall.jwt.key.KeyRing;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.KeySetFlaw;
import dev.rolecall.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No part of a token, a claim or a key is in what values print of themselves. */
@Tag("attack")
class MaskedValuesTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final SigningKey KEY = TestKeys.key(Algorithm.ES256, "some-key");
  private static final JsonValue.Members CLAIMS =
      Readings.token(
              Forge.token(
                  Issuer.header(KEY).toString(),
                  Issuer.claims().with("secret", "[\"secret\",7777777,77.5,true]").toString(),
                  KEY))
          .claims();

  /** One of each type that holds a part of a token or key, with what it prints. */
  static Stream<Object> values() {
    String text = Forge.token(Issuer.header(KEY).toString(), Issuer.claims().toString(), KEY);
    CompactToken token = Readings.token(text);
    VerifiedToken verified = SignatureCheck.verify(token, KEY.verificationKey()).orElseThrow();
    return Stream.of(
        token,
        verified,
        new TokenReading.WellFormed(token),
        CompactToken.read(text.substring(1), TokenLimits.standard()),
        TokenClaims.read(token.claims()),
        TokenClaims.read(CLAIMS),
        CLAIMS,
        CLAIMS.get("secret").orElseThrow(),
        List.copyOf(((JsonValue.Items) CLAIMS.get("secret").orElseThrow()).values()),
        CLAIMS.get("iat").orElseThrow(),
        CLAIMS.get("sub"),
        TokenSigner.of(KEY),
        TokenSigner.of(KEY).sign("at+jwt", CLAIMS),
        KEY,
        KEY.verificationKey(),
        KeySet.of(List.of(KEY.verificationKey())),
        KeySet.parse(KeySet.of(List.of(KEY.verificationKey())).toJson()),
        KeyRing.generate(Algorithm.ES256, Duration.ofHours(1), Clock.systemUTC(), RANDOM));
  }

  @Test
  void toString_ofWhatHoldsSecrets_showsNone() {
    String jwks = new String(KeySet.of(List.of(KEY.verificationKey())).toJson(), UTF_8);
    List<String> secrets =
        List.of(
            "alice",
            "orders",
            "idp.example",
            "secret",
            "7777777",
            "77.5",
            "some-key",
            "eyJ",
            jwks.substring(40, 60));

    assertThat(values())
        .allSatisfy(
            value -> {
              assertThat(value.toString()).doesNotContain(secrets);
              assertThat(value.toString()).doesNotContain("@");
            });
  }

  /** Refusals have words of this package alone, so they may be logged. */
  @Test
  void words_ofFlaws_arePlain() {
    Pattern words = Pattern.compile("[a-zA-Z0-9_ .,:()^-]{3,100}");

    assertThat(
            Stream.of(
                    Stream.of(TokenFlaw.values()).map(TokenFlaw::words),
                    Stream.of(ClaimFlaw.values()).map(ClaimFlaw::words),
                    Stream.of(JsonFlaw.values()).map(JsonFlaw::words),
                    Stream.of(KeyFlaw.values()).map(KeyFlaw::words),
                    Stream.of(KeySetFlaw.values()).map(KeySetFlaw::words))
                .flatMap(each -> each))
        .hasSizeGreaterThan(50)
        .allMatch(text -> words.matcher(text).matches());
  }

  @Test
  void rule_ofEachHostileToken_holdsNoPartOfIt() {
    List<String> rules =
        HostileTokensTest.tokens().stream()
            .map(token -> CompactToken.read(token.text(), TokenLimits.standard()))
            .filter(TokenReading.Malformed.class::isInstance)
            .map(reading -> reading.fold(token -> "", TokenReading.Malformed::rule))
            .toList();

    assertThat(rules)
        .hasSizeGreaterThan(150)
        .allMatch(rule -> rule.matches("[a-zA-Z0-9_ ,:-]{10,100}"));
  }
}
