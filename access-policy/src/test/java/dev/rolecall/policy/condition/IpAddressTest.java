package dev.rolecall.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
final class IpAddressTest {

  /** Those of RFC 5952, sections 2 and 4, among others. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::FFFF:c000:201, 192.0.2.1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:DB8::A, 2001:db8::a",
    "0:0:1:0:0:0:1:0, 0:0:1::1:0",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void address_isReadAndWrittenInOneSpelling(String text, String written) {
    IpAddress address = IpAddress.parse(text);

    assertThat(address).hasToString(written);
    assertThat(IpAddress.parse(written)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.com",
        "unknown",
        "10.0.0",
        "10.0.0.0.0",
        "10.0.0.256",
        "010.0.0.1",
        "10.0.0.-1",
        "10.0.0.1 ",
        "1",
        "167772161",
        "0x0a000001",
        "::1::",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8:9",
        "12345::",
        "fe80::1%eth0",
        "::ffff:192.0.2",
        "[::1]",
        "10.0.0.1:443",
        "\u0661\u0660.0.0.1",
      })
  void text_thatIsNoAddress_isRefused(String text) {
    assertThatThrownBy(() -> IpAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(expected: " + IpAddress.EXPECTED + ")");
  }

  @Test
  void zone_ofAPeer_isLeftOut() {
    assertThat(IpAddress.read("fe80::1%eth0")).contains(IpAddress.parse("fe80::1"));
  }
}
