package dev.rolecall.service.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.service.store.SigningKeyState;
import dev.rolecall.service.store.StoredKey;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signing keys as the store keeps them. */
class KeyMakerTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final TestSealing sealing = new TestSealing(1);
  private final KeyMaker maker = new KeyMaker(Algorithm.ES256, sealing, RANDOM);

  private static StoredKey with(StoredKey key, String algorithm, String sealed) {
    return new StoredKey(key.kid(), algorithm, key.publicJwk(), sealed, key.state(), key.since());
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "RS256"})
  void make_algorithm_isAKeyThatOpensAgain(Algorithm algorithm) throws Exception {
    StoredKey made = new KeyMaker(algorithm, sealing, RANDOM).make(SigningKeyState.NEXT);
    SigningKey opened = maker.opened(made);
    JWK published = JWK.parse(made.publicJwk());

    assertThat(opened.kid()).isEqualTo(made.kid());
    assertThat(opened.algorithm()).isEqualTo(algorithm);
    assertThat(published.isPrivate()).isFalse();
    assertThat(published.getKeyID()).isEqualTo(made.kid());
    assertThat(published.computeThumbprint().toString()).isEqualTo(made.kid());
    assertThat(published.getAlgorithm().getName()).isEqualTo(algorithm.jose());
  }

  @Test
  void make_toString_hasNothingOfThePrivatePart() {
    StoredKey made = maker.make(SigningKeyState.NEXT);

    assertThat(made.toString()).doesNotContain(made.sealedPrivate());
    assertThat(maker.opened(made).toString()).isEqualTo("SigningKey[ES256, ****]");
  }

  @Test
  void opened_privatePartOfAnotherRow_isRefused() {
    StoredKey one = maker.make(SigningKeyState.NEXT);
    StoredKey other = maker.make(SigningKeyState.NEXT);

    assertThatThrownBy(() -> maker.opened(with(one, "ES256", other.sealedPrivate())))
        .isInstanceOf(KeySealingException.class);
  }

  /** Sealed for the id by one who has the secret: the id is the public key's thumbprint. */
  @Test
  void opened_anotherKeySealedForTheId_isRefused() {
    StoredKey one = maker.make(SigningKeyState.NEXT);
    byte[] other = maker.opened(maker.make(SigningKeyState.NEXT)).secretPkcs8();

    assertThatThrownBy(() -> maker.opened(with(one, "ES256", sealing.seal(one.kid(), other))))
        .isInstanceOf(KeySealingException.class)
        .hasMessageContaining("another key's");
  }

  @Test
  void opened_anotherAlgorithm_isRefused() {
    StoredKey made = maker.make(SigningKeyState.NEXT);

    assertThatThrownBy(() -> maker.opened(with(made, "RS256", made.sealedPrivate())))
        .isInstanceOf(KeySealingException.class)
        .hasMessageContaining("no key of RS256");
    assertThatThrownBy(() -> maker.opened(with(made, "none", made.sealedPrivate())))
        .isInstanceOf(KeySealingException.class)
        .hasMessageContaining("algorithm");
  }

  @Test
  void opened_noKeyUnderTheSeal_isRefusedWithoutAWordOfIt() {
    StoredKey made = maker.make(SigningKeyState.NEXT);
    String sealed = sealing.seal(made.kid(), "secret words".getBytes(UTF_8));

    assertThatThrownBy(() -> maker.opened(with(made, "ES256", sealed)))
        .isInstanceOf(KeySealingException.class)
        .hasMessageNotContaining("secret words")
        .hasNoCause();
  }
}
