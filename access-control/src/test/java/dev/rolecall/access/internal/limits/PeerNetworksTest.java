package dev.rolecall.access.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks that a peer is counted by. */
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
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4:5:1.2.3.4",
        "1:2:3:4:5:6:7:8::",
        "1.2.3.4.",
        "1.2.3.0004",
        "1..2.3",
        "/.1.1.1",
        ":::",
        "1::2::3",
        "12345::",
        "g::1",
        "::1.2.3",
        "1:2:3:4:5:6:7:",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7::8",
        ":",
        "\u0661.1.1.1",
        "1.2.3.4x",
        "1.2.3.4 ",
        "1.2.3.0004",
        "1.2.3.256",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4:5:6:7:8:1.2.3.4",
        "1:2:3:4:5:6:1.2.3.x",
        "1:2:3:4:5:1.2.3.4",
        "1.2.3.4:5::",
        "1::2:",
        "::1:",
        "1:2:3:4:5:6:7:8:",
        "1:2:3:4:5:6:7:1f::",
        "1:2:3:4:5:6:7:8x",
        "1:2:3:4:5:6:7:00008",
        "001.002.003.004"
      })
  void text_thatIsNoAddress_isCountedByItsName(String text) {
    assertThat(PeerNetworks.of(text)).isEqualTo(PeerNetworks.named(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0",
    "1.2.3.4, 01020304",
    "255.255.255.255, ffffffff",
    "::ffff:1.2.3.4, 01020304",
    "0:0:0:0:0:ffff:1.2.3.4, 01020304"
  })
  void ipv4Text_isItsFourBytes(String text, String bytes) {
    assertThat(PeerNetworks.of(text).address())
        .isEqualTo(new Network(0, Long.parseLong(bytes, 16), Network.Kind.IPV4_ADDRESS, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "1:2:3:4:5:6:7:8, 0001000200030004, 0005000600070008",
    "ffff:fffe:fffd:fffc:fffb:fffa:fff9:fff8, fffffffefffdfffc, fffbfffafff9fff8",
    "1:2:3:4:5:6:1.2.3.4, 0001000200030004, 0005000601020304",
    "1::8, 0001000000000000, 0000000000000008",
    "1::7:8, 0001000000000000, 0000000000070008",
    "1:2:3:4:5:6:7::, 0001000200030004, 0005000600070000",
    "::2:3:4:5:6:7:8, 0000000200030004, 0005000600070008",
    "::, 0, 0",
    "::1.2.3.4, 0, 0000000001020304",
    "::fffe:1.2.3.4, 0, 0000fffe01020304",
    "0:0:0:1:0:ffff:1.2.3.4, 0000000000000001, 0000ffff01020304",
    "0:0:0:0:1:ffff:1.2.3.4, 0, 0001ffff01020304"
  })
  void ipv6Text_isItsEightGroups(String text, String high, String low) {
    assertThat(PeerNetworks.of(text).address())
        .isEqualTo(
            new Network(
                Long.parseUnsignedLong(high, 16),
                Long.parseUnsignedLong(low, 16),
                Network.Kind.IPV6_ADDRESS,
                ""));
  }

  @Test
  void text_atAndOverTheLongest() {
    String longest = "::1%" + "z".repeat(60);

    assertThat(PeerNetworks.of(longest)).isEqualTo(PeerNetworks.of("::1"));
    assertThat(PeerNetworks.of(longest + "z")).isEqualTo(PeerNetworks.named(longest + "z"));
  }

  @Test
  void addresses_thatDifferInOneGroup_areDifferentAndShareTheNetworksAbove() {
    Set<Network> addresses = new HashSet<>();
    PeerNetworks zero = PeerNetworks.of("0:0:0:0:0:0:0:0");
    addresses.add(zero.address());
    for (int group = 0; group < 8; group++) {
      for (String digits : List.of("1", "100", "ff00", "abcd")) {
        String[] groups = {"0", "0", "0", "0", "0", "0", "0", "0"};
        groups[group] = digits;
        PeerNetworks peer = PeerNetworks.of(String.join(":", groups));
        assertThat(addresses.add(peer.address())).as("%s", peer).isTrue();
        assertThat(peer.host().equals(zero.host())).isEqualTo(group >= 4);
        boolean inSite = group >= 4 || (group == 3 && digits.equals("1"));
        assertThat(peer.site().equals(zero.site())).isEqualTo(inSite);
      }
    }
    for (String ipv4 : List.of("0.0.0.1", "0.0.1.0", "0.1.0.0", "1.0.0.0", "255.255.255.255")) {
      assertThat(addresses.add(PeerNetworks.of(ipv4).address())).isTrue();
    }
  }

  @Test
  void address_withAZone_isReadUpTo64CharactersAndElseItsName() {
    String longest = "fe80::1%" + "x".repeat(64 - 8);
    assertThat(PeerNetworks.of(longest)).isEqualTo(PeerNetworks.of("fe80::1"));
    assertThat(PeerNetworks.of(longest + "x")).isEqualTo(PeerNetworks.named(longest + "x"));
  }

  @Test
  void address_endingAsIpv4_isThatOfItsGroups() {
    assertThat(PeerNetworks.of("1:2:3:4:5:6:1.2.3.4"))
        .isEqualTo(PeerNetworks.of("1:2:3:4:5:6:102:304"));
    assertThat(PeerNetworks.of("64:ff9b::255.254.0.9"))
        .isEqualTo(PeerNetworks.of("64:ff9b::fffe:9"));
  }

  @Test
  void networks_areOrderedByEachPart() {
    Network least = new Network(1, 1, Network.Kind.IPV4_24, "b");
    assertThat(
            List.of(
                new Network(2, 1, Network.Kind.IPV4_24, "b"),
                new Network(1, 2, Network.Kind.IPV4_24, "b"),
                new Network(1, 1, Network.Kind.IPV6_ADDRESS, "b"),
                new Network(1, 1, Network.Kind.IPV4_24, "c")))
        .allSatisfy(
            greater -> {
              assertThat(greater.compareTo(least)).isPositive();
              assertThat(least.compareTo(greater)).isNegative();
            });
    assertThat(least.compareTo(new Network(1, 1, Network.Kind.IPV4_24, "b"))).isZero();
  }

  @Test
  void levels_ofOnePeer_areDifferentCounts() {
    PeerNetworks zero = PeerNetworks.of("::");

    assertThat(zero.address()).isNotEqualTo(zero.host());
    assertThat(zero.host()).isNotEqualTo(zero.site());
    assertThat(PeerNetworks.of("0.0.0.0").address()).isNotEqualTo(zero.address());
  }
}
