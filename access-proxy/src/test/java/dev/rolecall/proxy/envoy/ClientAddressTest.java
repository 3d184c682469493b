package dev.rolecall.proxy.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.testsupport.Echo;
import io.grpc.MethodDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressTest {

  private static final MethodDescriptor<String, String> METHOD = Echo.SAY;
  private static final String NAME = "x-forwarded-for";
  private static final String PEER = "192.0.2.1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 203.0.113.7 | 203.0.113.7",
        "1 | 203.0.113.6, 203.0.113.7 | 203.0.113.7",
        "2 | 203.0.113.6, 203.0.113.7 | 203.0.113.6",
        "2 | 198.51.100.1,203.0.113.6,203.0.113.7 | 203.0.113.6",
        "1 | 2001:DB8:0::1 | 2001:db8::1",
        "1 | ::ffff:203.0.113.7 | 203.0.113.7",
        // Nothing at that place, or no address.
        "2 | 203.0.113.7 | 192.0.2.1",
        "1 | '' | 192.0.2.1",
        "1 | 203.0.113.7, | 192.0.2.1",
        "1 | unknown | 192.0.2.1",
        "1 | 203.0.113.7:443 | 192.0.2.1",
        "1 | localhost | 192.0.2.1",
      })
  void forwardedFor_countsFromTheRight(int hops, String value, String expected) {
    assertThat(of(ClientAddress.forwardedFor(hops), Asked.about(METHOD).header(NAME, value)))
        .isEqualTo(expected);
  }

  @Test
  void forwardedFor_ofSeveralLines_isOneList() {
    Asked asked = Asked.about(METHOD).header(NAME, "203.0.113.5").header(NAME, "203.0.113.6");

    assertThat(of(ClientAddress.forwardedFor(1), asked)).isEqualTo("203.0.113.6");
    assertThat(of(ClientAddress.forwardedFor(2), asked)).isEqualTo("203.0.113.5");
  }

  @Test
  void peer_isWhatEnvoySees_whateverTheClientSays() {
    assertThat(of(ClientAddress.peer(), Asked.about(METHOD).header(NAME, "203.0.113.5")))
        .isEqualTo(PEER);
    assertThat(
            ClientAddress.peer()
                .of(Asked.about(METHOD).from("", 0).header(NAME, "203.0.113.5").check()))
        .isEqualTo("unknown");
  }

  @Test
  void forwardedFor_outOfItsRange_isRefused() {
    assertThatThrownBy(() -> ClientAddress.forwardedFor(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hops: 0 (expected: 1 to 16)");
    assertThatThrownBy(() -> ClientAddress.forwardedFor(17))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ClientAddress.forwardedFor(16)).hasToString("forwardedFor(16)");
  }

  private static String of(ClientAddress address, Asked asked) {
    return address.of(asked.check());
  }
}
