package dev.rolecall.guard;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.condition.HeaderName;
import io.grpc.Metadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
final class MetadataHeadersTest {

  private static final Metadata.Key<String> TENANT =
      Metadata.Key.of("x-tenant", ASCII_STRING_MARSHALLER);
  private static final HeaderName NAME = HeaderName.parse("x-tenant");

  private final Metadata headers = new Metadata();

  @Test
  void header_thatIsAbsent_isEmpty() {
    assertThat(MetadataHeaders.READER.value(headers, NAME)).isEmpty();
  }

  @Test
  void header_thatIsRepeated_isAllItsValuesInOrder() {
    headers.put(TENANT, "blue");
    headers.put(Metadata.Key.of("x-other", ASCII_STRING_MARSHALLER), "between");
    headers.put(TENANT, "red");

    assertThat(MetadataHeaders.READER.value(headers, NAME)).contains("blue,red");
  }

  @Test
  void header_thatIsNotAscii_isAsAHandlerReadsIt() {
    headers.put(HeaderBytes.key("x-tenant"), "bl\u00fce".getBytes(UTF_8));

    assertThat(MetadataHeaders.READER.value(headers, NAME)).contains(headers.get(TENANT));
  }

  /** The engine refuses two: get() would hide one of them. */
  @Test
  void transactionTokens_areAllThatTheCallHas() {
    Metadata.Key<String> token = Metadata.Key.of("txn-token", ASCII_STRING_MARSHALLER);
    assertThat(MetadataHeaders.READER.transactionTokens(headers)).isEmpty();
    headers.put(token, "first");
    headers.put(token, "second");

    assertThat(MetadataHeaders.READER.transactionTokens(headers))
        .containsExactly("first", "second");
    assertThat(MetadataHeaders.READER.copy(headers).keys()).isEmpty();
  }

  @Test
  void copy_isNotReachedByLaterChanges() {
    headers.put(TENANT, "blue");
    headers.put(TENANT, "green");

    Metadata copy = MetadataHeaders.READER.copy(headers);
    headers.discardAll(TENANT);
    headers.put(TENANT, "red");

    assertThat(MetadataHeaders.READER.value(copy, NAME)).contains("blue,green");
  }

  /** A stream may live for days, and what it keeps is in each heap dump. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization",
        "cookie",
        "x-api-key",
        "x-amz-security-token",
        "x-forwarded-authorization",
        "session-bin",
        "grpc-trace-bin",
      })
  void copy_hasNothingThatNoPolicyCanRead(String name) {
    headers.put(HeaderBytes.key("x-other"), "other".getBytes(UTF_8));
    if (name.endsWith("-bin")) {
      headers.put(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER), new byte[] {1});
    } else {
      headers.put(Metadata.Key.of(name, ASCII_STRING_MARSHALLER), "secret");
    }

    assertThat(MetadataHeaders.READER.copy(headers).keys()).containsExactly("x-other");
    assertThat(headers.keys()).contains(name);
  }
}
