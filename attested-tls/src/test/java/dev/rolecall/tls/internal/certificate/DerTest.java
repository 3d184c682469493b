package dev.rolecall.tls.internal.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The encoding of object identifiers, which all of a certificate's readers must know. */
@Tag("attack")
final class DerTest {

  @Test
  void objectIdentifier_ofAnArcOverThat_isRefused() {
    assertThatThrownBy(() -> Der.objectIdentifier("2.25." + (1L << 31)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Der.objectIdentifier("1.2." + Integer.MAX_VALUE))
        .containsExactly(6, 6, 0x2a, 0x87, 0xff, 0xff, 0xff, 0x7f);
  }
}
