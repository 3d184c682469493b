package dev.rolecall.txntoken.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The key ids that tokens named and the keys did not have. */
final class UnknownIdsTest {

  private static final SigningKey KEY = SigningKey.generate(Algorithm.ES256, new SecureRandom());
  private static final KeySet KEYS = KeySet.of(List.of(KEY.verificationKey()));

  private final UnknownIds ids = new UnknownIds();

  @Test
  void sought_isTakenOnce() {
    ids.seek("a");
    ids.seek("b");

    assertThat(ids.taken()).containsExactlyInAnyOrder("a", "b");
    assertThat(ids.taken()).isEmpty();
  }

  @Test
  void missing_areThoseOfTheLastGoodFetchAlone() {
    ids.found(Set.of("a", KEY.kid()), KEYS);
    assertThat(ids.isMissing("a")).isTrue();
    assertThat(ids.isMissing(KEY.kid())).isFalse();

    ids.found(Set.of("b"), KEYS);
    assertThat(ids.isMissing("a")).isFalse();
    assertThat(ids.isMissing("b")).isTrue();
  }

  @Test
  void putBack_isSoughtAgain() {
    ids.seek("a");
    ids.putBack(ids.taken());

    assertThat(ids.taken()).containsExactly("a");
  }

  @Test
  void tryBegin_isOnceInAPause_fromAnyOrigin() {
    long origin = Long.MAX_VALUE - 1;
    assertThat(ids.tryBegin(origin)).isTrue();
    assertThat(ids.tryBegin(origin + UnknownIds.PAUSE.toNanos() - 1)).isFalse();
    assertThat(ids.tryBegin(origin + UnknownIds.PAUSE.toNanos())).isTrue();
  }
}
