package dev.rolecall.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.apikeys.KeyFile;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.sample.api.CreateOrder;
import dev.rolecall.sample.api.OrdersGrpc;
import dev.rolecall.sample.checkout.Checkout;
import dev.rolecall.sample.checkout.CheckoutApplication;
import dev.rolecall.sample.orders.OrdersApplication;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.testsupport.IssuedCertificate;
import dev.rolecall.testsupport.TestAuthority;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** The sample as {@code callers.yaml} has it: callers of other kinds, over real TLS. */
@Tag("attack")
class CallersSampleTest {

  private static final String SPIFFE_ID = "spiffe://example.org/ns/shop/sa/checkout";

  @TempDir private static Path folder;
  private static TestCertificate tls;
  private static TestAuthority mesh;
  private static TestAuthority partners;
  private static KeycloakTokens corp;
  private static StsEmulator sts;
  private static String key;
  private static ConfigurableApplicationContext server;

  @BeforeAll
  static void start() throws IOException {
    tls = TestCertificate.generate();
    mesh = TestAuthority.root("mesh");
    partners = TestAuthority.root("partners");
    mesh.writePem(folder.resolve("mesh.pem"));
    partners.writePem(folder.resolve("partners.pem"));
    Path both = folder.resolve("both.pem");
    Files.writeString(
        both,
        Files.readString(folder.resolve("mesh.pem"))
            + Files.readString(folder.resolve("partners.pem")));
    corp = new KeycloakTokens();
    sts = StsEmulator.start();
    Instant now = Clock.systemUTC().instant();
    key =
        KeyFile.at(folder.resolve("keys"))
            .issue(new ApiClient("ci"), now, now.plus(Duration.ofDays(1)), new SecureRandom())
            .orElseThrow()
            .text();
    server =
        OrdersApplication.builder()
            .run(
                "--logging.level.root=error",
                "--spring.config.name=callers",
                "--spring.grpc.server.port=0",
                "--ORDERS_CERTIFICATE=" + tls.pem(),
                "--ORDERS_PRIVATE_KEY=" + tls.keyPem(),
                "--MESH_CA=" + folder.resolve("mesh.pem"),
                "--PARTNERS_CA=" + folder.resolve("partners.pem"),
                "--CLIENT_CAS=" + both,
                "--API_KEYS=" + folder.resolve("keys"),
                "--rolecall.server.issuers.corp.url=" + corp.url(),
                "--rolecall.server.web-identity[0].account=111122223333",
                "--rolecall.server.web-identity[0].issuer="
                    + sts.outboundFederation().enable("111122223333"),
                "--rolecall.sts.endpoint=" + sts.endpoint());
  }

  @AfterAll
  static void stop() {
    server.close();
    corp.close();
    sts.close();
  }

  private static ChannelCredentials withoutCertificate() {
    return TestCertificate.trusting(tls);
  }

  private static String askedBy(ChannelCredentials connection, String... bearer) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", server.getBean(GrpcServerLifecycle.class).getPort(), connection)
            .build();
    Metadata headers = new Metadata();
    for (String each : bearer) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + each);
    }
    try {
      return OrdersGrpc.newBlockingStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .create(CreateOrder.getDefaultInstance())
          .getAskedBy();
    } finally {
      channel.shutdownNow();
    }
  }

  private static Status refused(ChannelCredentials connection, String... bearer) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> askedBy(connection, bearer))
        .getStatus();
  }

  @Test
  void token_ofTheIssuer_isAdmitted() {
    assertThat(askedBy(withoutCertificate(), corp.token("Bearer"))).isEqualTo("oidc:corp:1f0c");
  }

  /** Neither code nor a bean: {@code token-checkout.yaml} alone. */
  @Test
  void token_thatAnApplicationIsGiven_isBroughtByItsChannel() throws IOException {
    String address = "static://127.0.0.1:" + server.getBean(GrpcServerLifecycle.class).getPort();
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    try (ConfigurableApplicationContext client =
        CheckoutApplication.builder()
            .run(
                "--logging.level.root=error",
                "--spring.config.name=token-checkout",
                "--CHECKOUT_SECRET=" + secret,
                "--ORDERS_ADDRESS=" + address.substring("static://".length()),
                "--ORDERS_CERTIFICATE=" + tls.pem(),
                "--rolecall.client.token-channels.orders.client-credentials.issuer=" + corp.url(),
                // As Spring gRPC had it before Boot 4.1; not read by the other.
                "--spring.grpc.client.channels.orders.address=" + address,
                "--spring.grpc.client.channels.orders.ssl.bundle=trusted",
                "--spring.grpc.client.channels.orders.secure=true",
                "--spring.grpc.client.channels.orders.negotiation-type=tls")) {
      assertThat(client.getBean(Checkout.class).order("tea").getAskedBy())
          .isEqualTo("oidc:corp:1f0c");
    }
  }

  @Test
  void idToken_ofTheIssuer_isRefused() {
    assertThat(refused(withoutCertificate(), corp.token("ID")).getDescription())
        .startsWith("CREDENTIAL_KIND_WRONG");
  }

  @Test
  void apiKey_overTls_isAdmitted() {
    assertThat(askedBy(withoutCertificate(), key)).isEqualTo("key:ci");
  }

  @Test
  void certificate_ofAnAuthority_isAdmittedByItsName() {
    assertThat(askedBy(mesh.issueForSpiffe(SPIFFE_ID).trusting(tls))).isEqualTo(SPIFFE_ID);
    assertThat(askedBy(partners.issueForDns("api.example.com").trusting(tls)))
        .isEqualTo("dns:partners:api.example.com");
  }

  @Test
  void certificate_thatNoRuleNames_isDenied() {
    assertThat(refused(partners.issueForDns("www.example.com").trusting(tls)).getDescription())
        .startsWith("METHOD_NOT_ALLOWED");
  }

  /** A trust domain is one authority's: another cannot speak for its workloads. */
  @Test
  void certificate_ofAnotherAuthoritysTrustDomain_isRefused() {
    assertThat(refused(partners.issueForSpiffe(SPIFFE_ID).trusting(tls)).getDescription())
        .startsWith("ISSUER_NOT_ALLOWED");
  }

  /** The server says whose certificates it takes, so the client keeps this one to itself. */
  @Test
  void certificate_ofAnUnknownAuthority_isNoCredential() {
    IssuedCertificate unknown = TestAuthority.root("unknown").issueForSpiffe(SPIFFE_ID);
    assertThat(refused(unknown.trusting(tls)).getDescription()).startsWith("CREDENTIAL_MISSING");
  }

  @Test
  void call_withNothing_isUnauthenticated() {
    assertThat(refused(withoutCertificate()).getDescription()).startsWith("CREDENTIAL_MISSING");
  }

  @Test
  void certificate_countsBeforeTheCredentialOfACall() {
    assertThat(refused(partners.issueForDns("www.example.com").trusting(tls), key).getDescription())
        .startsWith("METHOD_NOT_ALLOWED");
  }
}
