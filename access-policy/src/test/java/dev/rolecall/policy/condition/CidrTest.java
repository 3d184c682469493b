package dev.rolecall.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("attack")
final class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, true",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 9.255.255.255, false",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "10.0.0.0/8, ::10.1.2.3, false",
    "128.0.0.0/1, 255.0.0.1, true",
    "128.0.0.0/1, 127.255.255.255, false",
    "192.0.2.4/30, 192.0.2.7, true",
    "192.0.2.4/30, 192.0.2.8, false",
    "192.0.2.4/32, 192.0.2.4, true",
    "192.0.2.4, 192.0.2.4, true",
    "192.0.2.4, 192.0.2.5, false",
    "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::/32, 32.1.13.184, false",
    "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::/64, 2001:db8:0:1::, false",
    "2001:db8::/65, 2001:db8::7fff:ffff:ffff:ffff, true",
    "2001:db8::/65, 2001:db8::8000:0:0:0, false",
    "2001:db8::1, 2001:db8::1, true",
    "2001:db8::1, 2001:db8::2, false",
    "8000::/1, ffff::, true",
    "8000::/1, 7fff::, false",
  })
  void network_containsItsAddressesAlone(String network, String address, boolean contained) {
    assertThat(Cidr.parse(network).contains(IpAddress.parse(address))).isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255",
    "192.0.2.4, 192.0.2.4",
    "2001:db8::/33, 2001:db8:7fff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::/96, 2001:db8::ffff:ffff"
  })
  void last_isTheLastAddress(String network, String last) {
    assertThat(Cidr.parse(network).last()).hasToString(last);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1/8 | 10.0.0.0/8",
        "192.0.2.7/30 | 192.0.2.4/30",
        "2001:db8::1/32 | 2001:db8::/32",
        "0.0.0.0/0 | no networks key, which means every address",
        "::/0 | no networks key, which means every address",
        "10.0.0.0/33 | a prefix of 1 to 32 bits",
        "2001:db8::/129 | a prefix of 1 to 128 bits",
        "::ffff:10.1.0.0/112 | 10.1.0.0/16",
        "::ffff:10.0.0.1 | 10.0.0.1/32",
        "10.0.0.0/ | a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
        "10.0.0.0/08 | a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
        "10.0.0.0/-8 | a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
        "10.0.0.0/8/8 | a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
        "10.0.0.0/255.0.0.0 | a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
        "10.0.0/8 | a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
        "10.* | a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
        "fe80::%eth0/64 | a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
        "localhost | a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
        "/8 | a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
      })
  void text_thatIsNoNetwork_isRefusedWithTheRightValue(String text, String expected) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("network: \"")
        .hasMessageEndingWith("(expected: " + expected + ")");
  }
}
