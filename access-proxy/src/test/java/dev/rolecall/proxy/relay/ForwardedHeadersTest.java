package dev.rolecall.proxy.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.proxy.IdentityHeaders;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
class ForwardedHeadersTest {

  private static Metadata headers(String... names) {
    return InternalMetadata.newMetadata(
        Stream.of(names)
            .flatMap(name -> Stream.of(name, "value"))
            .map(text -> text.getBytes(US_ASCII))
            .toArray(byte[][]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "txn-token",
        "Txn-Token",
        "TXN-TOKEN",
        "txn-token-bin",
        "txn-token2",
        "x-rolecall-principal",
        "X-Rolecall-Principal",
        "x-rolecall-",
        "x-rolecall-new",
        "authorization",
        "Authorization",
        "rolecall-grant",
        "ROLECALL-GRANT"
      })
  void claim_ofAClient_isRemoved(String name) {
    Metadata forwarded =
        ForwardedHeaders.of(
            headers("first", name, "middle", name, "last"), IdentityHeaders.NONE, false);

    assertThat(forwarded.keys()).containsExactlyInAnyOrder("first", "middle", "last");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "txn",
        "txn-toke",
        "x-rolecal",
        "x-rolecall",
        "authorizatio",
        "authorization2",
        "rolecall-grants",
        "proxy-authorization",
        "x-request-id"
      })
  void header_thatOnlyResemblesAClaim_stays(String name) {
    Metadata forwarded = ForwardedHeaders.of(headers(name), IdentityHeaders.NONE, false);

    assertThat(forwarded.keys()).containsExactly(name);
  }

  @Test
  void credentials_whereTheRouteKeepsThem_stay() {
    Metadata forwarded =
        ForwardedHeaders.of(
            headers("authorization", "rolecall-grant", "txn-token"), IdentityHeaders.NONE, true);

    assertThat(forwarded.keys()).containsExactlyInAnyOrder("authorization", "rolecall-grant");
  }

  @Test
  void identity_isSetOnce_whateverTheClientSent() {
    IdentityHeaders identity =
        new IdentityHeaders(Map.of(IdentityHeaders.TRANSACTION_TOKEN, "ours"));

    Metadata forwarded =
        ForwardedHeaders.of(headers("txn-token", "txn-token", "other"), identity, false);

    assertThat(forwarded.getAll(Metadata.Key.of("txn-token", Metadata.ASCII_STRING_MARSHALLER)))
        .containsExactly("ours");
    assertThat(forwarded.keys()).containsExactlyInAnyOrder("txn-token", "other");
  }

  @Test
  void slowWay_doesTheSame() {
    Metadata forwarded =
        ForwardedHeaders.slowlyWithoutClaims(
            headers("authorization", "txn-token", "x-rolecall-new", "txn-token-bin", "other"),
            false);

    assertThat(forwarded.keys()).containsExactly("other");
  }
}
