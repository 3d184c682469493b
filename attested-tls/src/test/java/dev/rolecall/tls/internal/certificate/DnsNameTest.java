package dev.rolecall.tls.internal.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of the host names in certificates. */
@Tag("attack")
final class DnsNameTest {

  private static final String LONGEST_LABEL = "a".repeat(63);
  private static final String LONGEST =
      String.join(".", LONGEST_LABEL, LONGEST_LABEL, LONGEST_LABEL, "a".repeat(61));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "A", "a.", ".a", "*.a", "a_b", "-a", "a-", "a b", "ä", "a..b", "a-.b", "a.-b", "a\n"
      })
  void name_ofAnotherForm_isRefused(String text) {
    assertThatThrownBy(() -> new DnsName(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @ParameterizedTest
  @ValueSource(ints = {253, 254})
  void name_longerThan253_isRefused(int length) {
    String text = LONGEST + "a".repeat(length - LONGEST.length());

    assertThat(DnsName.of(text).isPresent()).isEqualTo(length == 253);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.b", "orders.internal", "1-2.3", "a--b"})
  void name_ofLabels_isGood(String text) {
    assertThat(DnsName.of(text).orElseThrow()).hasToString(text);
    assertThat(DnsName.of(LONGEST_LABEL)).isPresent();
    assertThat(DnsName.of(LONGEST_LABEL + "a")).isEmpty();
  }
}
