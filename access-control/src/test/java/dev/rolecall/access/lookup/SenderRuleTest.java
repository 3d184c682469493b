package dev.rolecall.access.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
final class SenderRuleTest {

  private static final BindingHash SENDER = BindingHash.of(new byte[] {1});
  private static final Caller CALLER = FakeScheme.caller("checkout", Instant.EPOCH);
  private static final Connection PLAIN = Connection.withoutTls("192.0.2.1");
  private static final Verification REFUSED =
      new Verification.Refused(RefusalReason.SENDER_MISMATCH);

  @Test
  void boundCredential_isGoodOnTheConnectionOfItsSenderAlone() {
    Verification bound = new Verification.Verified(CALLER, Optional.of(SENDER));

    assertThat(SenderRule.on(PLAIN.of(SENDER), bound)).isSameAs(bound);
    assertThat(SenderRule.on(PLAIN.of(BindingHash.of(new byte[] {2})), bound)).isEqualTo(REFUSED);
    assertThat(SenderRule.on(PLAIN, bound)).isEqualTo(REFUSED);
  }

  @Test
  void credentialThatIsBoundToNoSender_isGoodOnEach() {
    Verification unbound = new Verification.Verified(CALLER);

    assertThat(SenderRule.on(PLAIN, unbound)).isSameAs(unbound);
    assertThat(SenderRule.on(PLAIN.of(SENDER), unbound)).isSameAs(unbound);
  }

  @Test
  void otherVerdicts_areAsTheyAre() {
    Verification refused = new Verification.Refused(RefusalReason.ISSUER_REFUSED);

    assertThat(SenderRule.on(PLAIN, refused)).isSameAs(refused);
  }
}
