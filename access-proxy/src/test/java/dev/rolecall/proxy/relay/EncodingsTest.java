package dev.rolecall.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingsTest {

  @ParameterizedTest
  @CsvSource({
    "gzip, gzip",
    "'identity, deflate, gzip', 'identity,deflate,gzip'",
    "'identity,made-up', identity",
    "made-up, ''",
    "'', ''",
    "'gzip,,', gzip"
  })
  void offer_toTheUpstream_isWhatTheClientAccepts_andTheRelayKnows(String client, String offered) {
    assertThat(Encodings.offered(client)).isEqualTo(offered);
  }

  @Test
  void offer_forAClientThatSaysNothing_isEmpty() {
    assertThat(Encodings.offered(null)).isEmpty();
  }

  @Test
  void encoding_isInAnOffer_byItsWholeName() {
    assertThat(Encodings.isIn("identity,gzip", "gzip")).isTrue();
    assertThat(Encodings.isIn("gzip", "gzip")).isTrue();
    assertThat(Encodings.isIn("x-gzip", "gzip")).isFalse();
    assertThat(Encodings.isIn("", "gzip")).isFalse();
  }
}
