package dev.rolecall.access.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class PresentedCertificatesTest {

  private final ManualTime clock = new ManualTime();

  @Test
  void certificates_areThoseOfTheLastProofLife() {
    PresentedCertificates presented = new PresentedCertificates(clock);
    BindingHash old = BindingHash.of(new byte[] {1});
    BindingHash current = BindingHash.of(new byte[] {2});
    presented.with(old);

    clock.advance(PresentedCertificates.MEMORY);
    assertThat(presented.with(current)).isEqualTo(Set.of(old, current));

    clock.advance(Duration.ofMillis(1));
    assertThat(presented.with(current)).isEqualTo(Set.of(current));
  }

  @Test
  void certificates_areBounded_andTheLongestUnseenGoesFirst() {
    PresentedCertificates presented = new PresentedCertificates(clock);
    for (int i = 0; i <= PresentedCertificates.MAX; i++) {
      presented.with(BindingHash.of(new byte[] {(byte) i}));
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(presented.with(BindingHash.of(new byte[] {(byte) PresentedCertificates.MAX})))
        .hasSize(PresentedCertificates.MAX)
        .doesNotContain(BindingHash.of(new byte[] {0}));
  }
}
