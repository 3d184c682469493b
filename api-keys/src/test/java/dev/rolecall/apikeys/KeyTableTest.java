package dev.rolecall.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.RefusalReason;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The answers of a table of keys, and the withdrawals by a table that takes its place. */
@Tag("attack")
final class KeyTableTest {

  private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(90));

  private final SecureRandom random = new SecureRandom();
  private final ApiKey key = ApiKey.random(ApiKeyId.random(random), random);
  private final KeyTable first = KeyTable.empty().replacedBy(List.of(stored("ci", END)), NOW);
  private final Caller caller = verified(first);

  private StoredKey stored(String name, Instant notAfter) {
    return new StoredKey(key.id(), new ApiClient(name), NOW, notAfter, false, key.hash());
  }

  private Caller verified(KeyTable table) {
    Verification verdict = table.verdict(key, NOW);
    assertThat(verdict).isInstanceOf(Verification.Verified.class);
    return ((Verification.Verified) verdict).caller();
  }

  @Test
  void verdict_goodKey_isItsClientWithItsIdAndEnd() {
    assertThat(caller.principal().text()).isEqualTo("key:ci");
    assertThat(caller.notAfter()).isEqualTo(END);
    assertThat(caller.evidence().scheme()).isEqualTo("api-key");
    assertThat(caller.evidence().carrier()).isEqualTo(Evidence.Carrier.CALL_METADATA);
    assertThat(caller.evidence().credentialId()).contains(key.id().value());
    assertThat(caller.evidence().sessionName()).isEmpty();
  }

  /** Else the time of an answer would tell which ids there are. */
  @Test
  void verdict_unknownId_comparesOneHashAsForAKnownOne() {
    List<SecretHash> compared = new ArrayList<>();
    KeyTable table =
        KeyTable.comparing(
                (stored, shown) -> {
                  compared.add(stored);
                  return stored.equals(shown);
                })
            .replacedBy(List.of(stored("ci", END)), NOW);

    table.verdict(key, NOW);
    assertThat(compared).containsExactly(key.hash());

    compared.clear();
    table.verdict(ApiKey.random(ApiKeyId.random(random), random), NOW);
    assertThat(compared).containsExactly(SecretHash.DUMMY);
  }

  /** Were the dummy's secret found, it would still open nothing. */
  @Test
  void verdict_unknownIdWhoseHashIsTheDummys_isRefused() {
    KeyTable table = KeyTable.comparing((stored, shown) -> true);

    assertThat(table.verdict(key, NOW))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.ISSUER_REFUSED));
  }

  @Test
  void withdrawn_keyThatIsDisabled_isInactive() {
    KeyTable next = first.replacedBy(List.of(stored("ci", END).asDisabled()), NOW);

    assertThat(first.withdrawn(caller)).isEmpty();
    assertThat(next.withdrawn(caller)).contains(RefusalReason.CREDENTIAL_INACTIVE);
    assertThat(next.withdrawsMoreThan(first)).isTrue();
  }

  @Test
  void withdrawn_keyThatIsRemoved_isInactive() {
    assertThat(first.replacedBy(List.of(), NOW).withdrawn(caller))
        .contains(RefusalReason.CREDENTIAL_INACTIVE);
  }

  @Test
  void withdrawn_keyThatEndsSooner_isInactiveAndGoodAnewUntilThen() {
    Instant sooner = END.minusSeconds(1);
    KeyTable next = first.replacedBy(List.of(stored("ci", sooner)), NOW);

    assertThat(next.withdrawn(caller)).contains(RefusalReason.CREDENTIAL_INACTIVE);
    assertThat(verified(next).notAfter()).isEqualTo(sooner);
    assertThat(next.withdrawn(verified(next))).isEmpty();
  }

  @Test
  void withdrawn_keyThatIsGivenToAnotherClient_isInactive() {
    KeyTable next = first.replacedBy(List.of(stored("other", END)), NOW);

    assertThat(next.withdrawn(caller)).contains(RefusalReason.CREDENTIAL_INACTIVE);
    assertThat(verified(next).principal().text()).isEqualTo("key:other");
  }

  @Test
  void withdrawn_idThatGetsAnotherSecret_isInactive() {
    ApiKey again = ApiKey.random(key.id(), random);
    KeyTable next =
        first.replacedBy(
            List.of(new StoredKey(key.id(), new ApiClient("ci"), NOW, END, false, again.hash())),
            NOW);

    assertThat(next.withdrawn(caller)).contains(RefusalReason.CREDENTIAL_INACTIVE);
    assertThat(next.verdict(key, NOW)).isInstanceOf(Verification.Refused.class);
  }

  @Test
  void withdrawn_keyThatEndsLater_stands() {
    KeyTable next = first.replacedBy(List.of(stored("ci", END.plusSeconds(1))), NOW);

    assertThat(next.withdrawn(caller)).isEmpty();
    assertThat(next.withdrawsMoreThan(first)).isFalse();
    assertThat(verified(next).notAfter()).isEqualTo(END.plusSeconds(1));
  }

  @Test
  void withdrawn_otherKeysComeAndGo_stands() {
    ApiKey other = ApiKey.random(ApiKeyId.random(random), random);
    StoredKey stored =
        new StoredKey(other.id(), new ApiClient("other"), NOW, END, false, other.hash());
    KeyTable two = first.replacedBy(List.of(stored("ci", END), stored), NOW);
    KeyTable one = two.replacedBy(List.of(stored("ci", END)), NOW);

    assertThat(one.withdrawn(caller)).isEmpty();
    assertThat(verified(one)).as("one caller for all connections").isSameAs(caller);
    assertThat(one.withdrawsMoreThan(two)).isTrue();
  }

  @Test
  void withdrawn_fileThatChangesOnceMore_staysWithdrawn() {
    KeyTable gone = first.replacedBy(List.of(), NOW);
    KeyTable later = gone.replacedBy(List.of(), NOW.plusSeconds(60));

    assertThat(later.withdrawn(caller)).contains(RefusalReason.CREDENTIAL_INACTIVE);
    assertThat(later.withdrawsMoreThan(gone)).isFalse();
  }

  @Test
  void withdrawn_anotherKeyComesAfterwards_staysWithdrawn() {
    ApiKey other = ApiKey.random(ApiKeyId.random(random), random);
    StoredKey stored =
        new StoredKey(other.id(), new ApiClient("ci"), NOW, END, false, other.hash());
    KeyTable later = first.replacedBy(List.of(), NOW).replacedBy(List.of(stored), NOW);

    assertThat(later.withdrawn(caller)).contains(RefusalReason.CREDENTIAL_INACTIVE);
  }

  @Test
  void withdrawn_keyThatIsBackAsItWas_stands() {
    KeyTable back = first.replacedBy(List.of(), NOW).replacedBy(List.of(stored("ci", END)), NOW);

    assertThat(back.withdrawn(caller)).isEmpty();
    assertThat(verified(back)).isEqualTo(caller);
  }

  /** The engine ends it by time; a table that kept it would only grow. */
  @Test
  void withdrawn_pastTheKeysEnd_isForgotten() {
    KeyTable gone = first.replacedBy(List.of(), NOW);

    assertThat(gone.replacedBy(List.of(), END).withdrawn(caller)).isPresent();
    assertThat(gone.replacedBy(List.of(), END.plusNanos(1)).withdrawn(caller)).isEmpty();
    assertThat(first.replacedBy(List.of(), END.plusNanos(1)).withdrawn(caller)).isEmpty();
  }

  @Test
  void withdrawn_callerOfAnotherScheme_isNone() {
    KeyTable gone = first.replacedBy(List.of(), NOW);
    Caller other =
        Caller.of(
            caller.principal(),
            Evidence.of("other", Evidence.Carrier.CALL_METADATA).with(key.id().value(), List.of()),
            END);
    Caller never =
        Caller.of(caller.principal(), Evidence.of("api-key", Evidence.Carrier.CALL_METADATA), END);

    assertThat(gone.withdrawn(other)).isEmpty();
    assertThat(gone.withdrawn(never)).isEmpty();
  }

  @Test
  void liveAt_countsKeysThatAreNeitherDisabledNorOver() {
    assertThat(first.size()).isOne();
    assertThat(first.liveAt(END)).isOne();
    assertThat(first.liveAt(END.plusNanos(1))).isZero();
    assertThat(first.replacedBy(List.of(stored("ci", END).asDisabled()), NOW).liveAt(NOW)).isZero();
  }
}
