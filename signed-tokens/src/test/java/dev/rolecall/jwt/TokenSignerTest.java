package dev.rolecall.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeyKind;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are signed here are verified here and by Nimbus JOSE, and those of Nimbus here. */
class TokenSignerTest {

  private static final JsonValue.Members CLAIMS =
      new ObjectBuilder()
          .put("iss", "https://idp.example/")
          .put("sub", "\u00e4 \"quoted\" \ud83d\ude80")
          .put("exp", 2_000_000_000L)
          .build();

  /** All but Ed25519, for which Nimbus needs another library; RFC 8037 is the judge of that. */
  static Stream<Algorithm> judgedByNimbus() {
    return EnumSet.complementOf(EnumSet.of(Algorithm.EDDSA)).stream();
  }

  private static boolean isVerified(CompactToken token, KeySet keys) {
    return keys.find(
            token.header().kid(), token.header().algorithm(), EnumSet.allOf(Algorithm.class))
        .fold(key -> SignatureCheck.verify(token, key).isPresent(), reason -> false);
  }

  @ParameterizedTest
  @EnumSource
  void sign_eachAlgorithm_isVerifiedByItsPublishedKey(Algorithm algorithm) {
    SigningKey key = TestKeys.key(algorithm);
    CompactToken token = Readings.token(TokenSigner.of(key).sign("at+jwt", CLAIMS).text());
    KeySet keys = Readings.keys(KeySet.of(List.of(key.verificationKey())).toJson());

    assertThat(keys.findings()).isEmpty();
    assertThat(token.header())
        .isEqualTo(new TokenHeader(algorithm, Optional.of("at+jwt"), Optional.of(key.kid())));
    assertThat(token.claims()).isEqualTo(CLAIMS);
    assertThat(isVerified(token, keys)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void sign_byAnotherKey_isNotVerified(Algorithm algorithm) {
    CompactToken token =
        Readings.token(TokenSigner.of(TestKeys.otherKey(algorithm)).sign("at+jwt", CLAIMS).text());

    assertThat(SignatureCheck.verify(token, TestKeys.key(algorithm).verificationKey())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("judgedByNimbus")
  void sign_ours_isVerifiedByNimbus(Algorithm algorithm) throws Exception {
    SigningKey key = TestKeys.key(algorithm);
    SignedJWT token = SignedJWT.parse(TokenSigner.of(key).sign("at+jwt", CLAIMS).text());
    JWK jwk =
        JWKSet.parse(new String(KeySet.of(List.of(key.verificationKey())).toJson(), UTF_8))
            .getKeyByKeyId(token.getHeader().getKeyID());
    JWSVerifier verifier =
        new DefaultJWSVerifierFactory()
            .createJWSVerifier(token.getHeader(), ((AsymmetricJWK) jwk).toPublicKey());

    assertThat(token.verify(verifier)).isTrue();
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo(CLAIMS.text("sub").orElseThrow());
    assertThat(jwk.computeThumbprint()).hasToString(key.kid());
  }

  @ParameterizedTest
  @MethodSource("judgedByNimbus")
  void verify_ofNimbus_isVerifiedHere(Algorithm algorithm) throws Exception {
    JWK key = nimbusKey(algorithm);
    JWSAlgorithm name = JWSAlgorithm.parse(algorithm.jose());
    JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, name);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(name).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder().subject("alice").build());
    token.sign(signer);
    KeySet keys = Readings.keys(new JWKSet(key.toPublicJWK()).toString().getBytes(UTF_8));

    assertThat(keys.findings()).isEmpty();
    assertThat(isVerified(Readings.token(token.serialize()), keys)).isTrue();
  }

  private static JWK nimbusKey(Algorithm algorithm) throws JOSEException {
    if (algorithm.kind() == KeyKind.RSA) {
      KeyPair pair = TestKeys.pair(KeyKind.RSA);
      return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
          .privateKey(pair.getPrivate())
          .keyID("nimbus")
          .build();
    }
    Curve curve = Curve.parse(algorithm.kind().curve().orElseThrow());
    return new ECKeyGenerator(curve).keyID("nimbus").generate();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "at\njwt", "\u00e4"})
  void sign_badType_isRefused(String type) {
    TokenSigner signer = TokenSigner.of(TestKeys.key(Algorithm.ES256));

    assertThatThrownBy(() -> signer.sign(type, CLAIMS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("typ is not 1 to 128 printable characters");
  }
}
