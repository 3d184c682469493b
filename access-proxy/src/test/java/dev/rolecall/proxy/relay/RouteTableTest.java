package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.testing.RolecallExtension;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

  @RegisterExtension
  static final RolecallExtension ROLECALL = RolecallExtension.forAudience("orders");

  private final CallGuard guard = ROLECALL.guard(RelayRig.allowing());
  private final Upstream upstream = Upstream.overPlaintext("127.0.0.1:1");

  private Route.Builder route(String name) {
    return Route.builder(name, guard, upstream);
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example:443, shop.Orders/Get, whole",
    "SHOP.example, shop.Orders/Get, whole",
    "shop.example, shop.v1.Items/Get, inner",
    "shop.example, shop.Items/Get, outer",
    "shop.example, pay.Cards/Get, pay",
    "shop.example, x.Y/Z, host",
    "other.example, shop.Orders/Get, any",
    "[::1]:80, shop.Orders/Get, six",
    "[::1], shop.Orders/Get, six",
    "'', shop.Orders/Get, any"
  })
  void route_thatSaysMost_counts(String authority, String method, String expected) {
    RouteTable table =
        new RouteTable(
            List.of(
                route("any").build(),
                route("pay").services("pay.Cards").build(),
                route("host").authority("shop.example").services("x.Y").build(),
                route("outer").authority("shop.example").services("shop.*").build(),
                route("inner").authority("Shop.example").services("shop.v1.*").build(),
                route("whole").authority("shop.example").services("shop.Orders").build(),
                route("six").authority("[::1]").build()));

    Route found = table.find(table.groupOf(authority), method);

    assertThat(requireNonNull(found).name()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.Orders", "shopX.Orders/Get", "", "/Get", "shop.OrdersX/Get"})
  void method_ofNoRoute_isNotFound(String method) {
    RouteTable table =
        new RouteTable(
            List.of(
                route("whole").services("shop.Orders").build(),
                route("inner").services("shop.v1.*").build()));

    assertThat(table.find(table.groupOf("shop.example"), method)).isNull();
  }

  @Test
  void routes_thatAreAlike_areRefused() {
    assertThatThrownBy(() -> new RouteTable(List.of(route("a").build(), route("a").build())))
        .hasMessageContaining("route a: twice");
    assertThatThrownBy(
            () ->
                new RouteTable(
                    List.of(
                        route("a").services("x.Y").build(), route("b").services("x.Y").build())))
        .hasMessageContaining("route b: another is for the same authority and services");
    assertThatThrownBy(() -> new RouteTable(List.of())).hasMessageContaining("routes: none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "local", "Orders", "a b", "a/b"})
  void name_ofAnotherForm_isRefused(String name) {
    assertThatThrownBy(() -> route(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*x", "x*", "a..b", ".a", "a/b", "/a", "a.", "**"})
  void services_ofAnotherForm_areRefused(String text) {
    assertThatThrownBy(() -> route("a").services(text)).hasMessageStartingWith("services: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:80", "[::1]:80", "a b", "http://a"})
  void authority_withAPortOrOfAnotherForm_isRefused(String text) {
    assertThatThrownBy(() -> route("a").authority(text)).hasMessageStartingWith("authority: ");
  }

  @Test
  void twoCredentialsForTheUpstream_areRefused() {
    Upstream proven = upstream.proving(ROLECALL.as(RelayRig.ROLE));
    Route.Builder both = Route.builder("a", guard, proven).dangerouslyForwardClientCredentials();

    assertThatThrownBy(both::build).hasMessageContaining("expected: one of them");
  }

  @Test
  void targets_thatCannotBe_areRefused() {
    assertThatThrownBy(Upstream::overPlaintext).hasMessageStartingWith("targets: ");
    assertThatThrownBy(() -> Upstream.overPlaintext("")).hasMessageStartingWith("target: ");
    assertThatThrownBy(() -> Upstream.overPlaintext("a:1", "dns:///b:2"))
        .hasMessageStartingWith("target: dns:///b:2");
  }

  @Test
  void methods_thatPeersMakeUp_areKeptUpToABound() {
    RelayedRegistry registry =
        new RelayedRegistry(
            new RouteTable(List.of(route("a").services("x.*").build())),
            route -> new RelayHandler(route, new NoChannel(), new HashSet<>()));

    for (int i = 0; i < RelayedRegistry.CAPACITY + 10; i++) {
      String name = "x.Y/M" + i;
      assertThat(requireNonNull(registry.lookupMethod(name, "host")).getMethodDescriptor())
          .returns(name, MethodDescriptor::getFullMethodName);
    }
    assertThat(registry.lookupMethod("x.Y/M0", "host"))
        .isSameAs(registry.lookupMethod("x.Y/M0", "host"));
    assertThat(registry.lookupMethod("y.Z/M", "host")).isNotNull();
    assertThat(registry.size()).isEqualTo(RelayedRegistry.CAPACITY);
  }

  private static final class NoChannel extends Channel {

    @Override
    public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
      throw new AssertionError("unused");
    }

    @Override
    public String authority() {
      return "none";
    }
  }
}
