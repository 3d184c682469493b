package dev.rolecall.guard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderBytesTest {

  private static final byte[] VALUE = "Bearer good".getBytes(US_ASCII);

  private final Metadata received =
      InternalMetadata.newMetadata("authorization".getBytes(US_ASCII), VALUE);

  static Stream<Metadata.Key<byte[]>> keys() {
    return Stream.of(HeaderBytes.key("authorization"), HeaderBytes.copying("authorization"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void value_isReadAsItCame(Metadata.Key<byte[]> key) {
    assertThat(received.get(key)).isEqualTo(VALUE);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void value_isWrittenAsItIs(Metadata.Key<byte[]> key) {
    Metadata written = new Metadata();
    written.put(key, VALUE);

    assertThat(written.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)))
        .isEqualTo("Bearer good");
  }

  /** That gRPC still is as it was when the gain was measured. */
  @Test
  void value_isTheTransportsOwnArray() {
    assertThat(received.get(HeaderBytes.key("authorization"))).isSameAs(VALUE);
  }
}
