package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The places that peers get, alone and together. */
@Tag("attack")
final class PeerLimitTest {

  private static final PeerLimit.Bound BOUND = new PeerLimit.Bound(256, 32);

  private final PeerLimit limit = new PeerLimit(BOUND, 128);

  @Test
  void ipv4Address_hasTheLimitOfAPeer() {
    assertThat(take(1_000, i -> "192.0.2.1")).isEqualTo(32);
    assertThat(take(1_000, i -> "192.0.2.2")).isEqualTo(32);
  }

  @Test
  void ipv4Addresses_ofOneSite_haveFourTimesThat() {
    assertThat(take(1_000, i -> "192.0.2." + i % 250)).as("of the common ones").isEqualTo(128);
    assertThat(take(100, i -> "192.0.3." + i % 2)).as("of another site").isEqualTo(64);
  }

  @Test
  void ipv6Addresses_ofOneHost_haveTheLimitOfOne() {
    assertThat(take(1_000, i -> "2001:db8::" + Integer.toHexString(i + 1))).isEqualTo(32);
  }

  @Test
  void ipv6Networks_ofOneSite_haveFourTimesThat() {
    assertThat(take(1_000, i -> "2001:db8:0:" + Integer.toHexString(i % 256) + "::1"))
        .isEqualTo(128);
    assertThat(take(1_000, i -> "2001:db8:0:1" + Integer.toHexString(i % 256 + 256) + "::1"))
        .isEqualTo(128);
  }

  @Test
  void mappedAddress_isTheIpv4Address() {
    assertThat(take(20, i -> "192.0.2.1") + take(20, i -> "::ffff:192.0.2.1")).isEqualTo(32);
  }

  @Test
  void reserve_whileEightPeersHoldAll_isForPeersWithNothingUnderWay() {
    for (int peer = 0; peer < 8; peer++) {
      String address = "10.0." + peer + ".1";
      assertThat(take(1_000, i -> address)).isEqualTo(32);
      assertThat(limit.tryReserve(PeerNetworks.of(address))).isNull();
    }
    for (int newcomer = 0; newcomer < 100; newcomer++) {
      PeerNetworks peer = PeerNetworks.of("10.1." + newcomer + ".1");
      assertThat(limit.tryCommon(peer)).isNull();
      assertThat(limit.tryReserve(peer)).isNotNull();
      assertThat(limit.tryReserve(peer)).as("a second one").isNull();
    }
  }

  @Test
  void reserve_ofOneSite_isAQuarterAtMost() {
    assertThat(reserve(250, i -> "192.0.2." + i)).isEqualTo(32);
    assertThat(reserve(250, i -> "2001:db8:0:" + Integer.toHexString(i) + "::1")).isEqualTo(32);
    assertThat(reserve(250, i -> "2001:db8:1::" + Integer.toHexString(i + 1)))
        .as("of one host's many addresses")
        .isEqualTo(PeerLimit.RESERVED_OF_A_HOST);
  }

  @Test
  void everythingGivenBack_remembersNoNetwork() {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      PeerNetworks peer = PeerNetworks.of("2001:db8:" + Integer.toHexString(i) + "::1");
      add(places, limit.tryCommon(peer));
      add(places, limit.tryReserve(peer));
    }
    assertThat(limit.underWay()).isEqualTo(256 + 128);
    assertThat(limit.networksRemembered()).isPositive();

    places.forEach(Place::release);

    assertThat(limit.networksRemembered()).isZero();
    assertThat(limit.underWay()).isZero();
  }

  private static void add(List<Place> places, @Nullable Place place) {
    if (place != null) {
      places.add(requireNonNull(place, "place"));
    }
  }

  private int take(int attempts, IntFunction<String> address) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += limit.tryCommon(PeerNetworks.of(address.apply(i))) != null ? 1 : 0;
    }
    return taken;
  }

  private int reserve(int attempts, IntFunction<String> address) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += limit.tryReserve(PeerNetworks.of(address.apply(i))) != null ? 1 : 0;
    }
    return taken;
  }
}
