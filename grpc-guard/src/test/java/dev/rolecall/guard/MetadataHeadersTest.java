package dev.rolecall.guard;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.condition.HeaderName;
import io.grpc.Metadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

  @Test
  void copy_isNotReachedByLaterChanges_andHasNoCredential() {
    headers.put(TENANT, "blue");
    headers.put(AuthorizationHeader.KEY, "Bearer x".getBytes(UTF_8));

    Metadata copy = MetadataHeaders.READER.copy(headers);
    headers.discardAll(TENANT);
    headers.put(TENANT, "red");

    assertThat(MetadataHeaders.READER.value(copy, NAME)).contains("blue");
    assertThat(copy.containsKey(AuthorizationHeader.KEY)).isFalse();
    assertThat(headers.containsKey(AuthorizationHeader.KEY)).isTrue();
  }
}
