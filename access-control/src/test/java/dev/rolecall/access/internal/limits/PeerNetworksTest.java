package dev.rolecall.access.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which networks a peer is counted by. */
@Tag("attack")
final class PeerNetworksTest {

  @ParameterizedTest(name = "{0} and {1}: same address {2}, host {3}, site {4}")
  @CsvSource({
    "192.0.2.1,       192.0.2.1,                true,  true,  true",
    "192.0.2.1,       192.0.2.2,                false, false, true",
    "192.0.2.1,       192.0.3.1,                false, false, false",
    "192.0.2.1,       ::ffff:192.0.2.1,         true,  true,  true",
    "192.0.2.1,       0:0:0:0:0:FFFF:c000:201,  true,  true,  true",
    "192.0.2.1,       ::192.0.2.1,              false, false, false",
    "2001:db8::1,     2001:DB8:0:0:0:0:0:1,     true,  true,  true",
    "2001:db8::1,     2001:db8::ffff:0:0:1,     false, true,  true",
    "2001:db8::1,     2001:db8:0:ff::1,         false, false, true",
    "2001:db8::1,     2001:db8:0:100::1,        false, false, false",
    "fe80::1%eth0,    fe80:0:0:0:0:0:0:1%2,     true,  true,  true",
    "::,              ::1,                      false, true,  true",
    "unknown,         unknown,                  true,  true,  true",
    "unknown,         other,                    false, false, false"
  })
  void peers_shareWhatTheyShare(
      String one, String other, boolean address, boolean host, boolean site) {
    PeerNetworks first = PeerNetworks.of(one);
    PeerNetworks second = PeerNetworks.of(other);

    assertThat(first.address().equals(second.address())).isEqualTo(address);
    assertThat(first.host().equals(second.host())).isEqualTo(host);
    assertThat(first.site().equals(second.site())).isEqualTo(site);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.",
        ".1.2.3",
        "1.2.3.x",
        "evil.example",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::1",
        "::1.2.3",
        "1:2:3:4:5:6:7:",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7::8",
        ":",
        "\u0661.1.1.1"
      })
  void text_thatIsNoAddress_isCountedByItsName(String text) {
    assertThat(PeerNetworks.of(text)).isEqualTo(PeerNetworks.named(text));
  }

  @Test
  void levels_ofOnePeer_areDifferentCounts() {
    PeerNetworks zero = PeerNetworks.of("::");

    assertThat(zero.address()).isNotEqualTo(zero.host());
    assertThat(zero.host()).isNotEqualTo(zero.site());
    assertThat(PeerNetworks.of("0.0.0.0").address()).isNotEqualTo(zero.address());
  }
}
