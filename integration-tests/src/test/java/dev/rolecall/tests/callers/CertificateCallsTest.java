package dev.rolecall.tests.callers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.certificates.CertificateAuthority;
import dev.rolecall.certificates.CertificateVerifier;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.PumpStream;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.TestAuthority;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Callers that are known by the certificate of their connection, beside those with a proof. */
final class CertificateCallsTest {

  private static final String ID = "spiffe://example.org/ns/shop/sa/checkout";
  private static final AccessPolicy POLICY =
      AccessPolicy.builder("tests")
          .allow(
              "everything",
              List.of(PrincipalPattern.parse(ID), PrincipalPattern.parse(Bench.CHECKOUT)),
              Echo.ALL)
          .build();

  @RegisterExtension final Bench bench = new Bench();

  @TempDir private Path folder;

  private final TestAuthority mesh = TestAuthority.root("mesh");
  private Path bundle;

  @BeforeEach
  void writeBundle() {
    bundle = folder.resolve("mesh.pem");
    mesh.writePem(bundle);
  }

  private GuardedServer server(UnaryOperator<CallGuardBuilder> options) {
    CertificateVerifier certificates =
        CertificateVerifier.of(
                CertificateAuthority.of("mesh", bundle).forTrustDomain("example.org"))
            .period(Duration.ofMillis(100));
    return bench
        .server()
        .policy(PolicySource.fixed(POLICY))
        .credentials(askingForCertificates(bench.certificate()))
        .guarding(guard -> options.apply(guard.accept(certificates)))
        .start();
  }

  private ServerCredentials askingForCertificates(TestCertificate own) {
    try {
      return TlsServerCredentials.newBuilder()
          .keyManager(stream(own.pem()), stream(own.keyPem()))
          .trustManager(bundle.toFile())
          .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
          .build();
    } catch (IOException e) {
      throw new AssertionError("what was made can be read", e);
    }
  }

  private static ByteArrayInputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  private EchoClient client(GuardedServer server, String spiffeId) {
    return bench.client(server, mesh.issueForSpiffe(spiffeId).trusting(bench.certificate()));
  }

  @Test
  void call_overAConnectionWithACertificate_isOfItsHolder() {
    GuardedServer server = server(UnaryOperator.identity());
    EchoClient client = client(server, ID);

    assertThat(client.say("hello")).startsWith(ID + ",");
    assertThat(client.say("again")).startsWith(ID + ",");
    assertThat(server.audits())
        .hasSize(2)
        .allSatisfy(
            record ->
                assertThat(record.caller().orElseThrow().evidence().carrier())
                    .isEqualTo(Evidence.Carrier.CLIENT_CERTIFICATE));
  }

  @Test
  void call_ofAnotherWorkload_isDenied_andOfNoneIsRefused() {
    GuardedServer server = server(UnaryOperator.identity());

    assertThat(client(server, ID + "2").sayRefused().reason())
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
    assertThat(bench.client(server).sayRefused().reason())
        .isEqualTo(RefusalReason.CREDENTIAL_MISSING.name());
  }

  @Test
  void call_withAProofAndNoCertificate_isOfItsRole() {
    GuardedServer server = server(UnaryOperator.identity());

    assertThat(bench.client(server).with(bench.signing(bench.role(Bench.CHECKOUT))).say("hello"))
        .contains("role/checkout");
  }

  @Test
  void call_withBoth_isOfTheCertificate_unlessTheOperatorSaysOtherwise() {
    GuardedServer byDefault = server(UnaryOperator.identity());
    GuardedServer callFirst = server(CallGuardBuilder::credentialOfCallBeforeClientCertificate);
    var checkout = bench.signing(bench.role(Bench.CHECKOUT));

    assertThat(client(byDefault, ID).with(checkout).say("hello")).startsWith(ID + ",");
    assertThat(client(callFirst, ID).with(checkout).say("hello")).contains("role/checkout");
    assertThat(client(callFirst, ID).say("hello")).startsWith(ID + ",");
    assertThat(client(callFirst, ID).withAuthorization("Bearer x").sayRefused().reason())
        .as("never the certificate instead")
        .isEqualTo(RefusalReason.CREDENTIAL_MALFORMED.name());
  }

  @Test
  void stream_isEndedOnceItsAuthoritysCertificateIsRemoved() {
    GuardedServer server = server(UnaryOperator.identity());
    PumpStream stream = client(server, ID).pump();
    stream.heard().join();

    TestAuthority.root("next").writePem(bundle);

    assertThat(stream.end().join().reason()).isEqualTo(RefusalReason.CREDENTIAL_INACTIVE.name());
  }

  @Test
  void stream_isEndedWithItsCertificate() {
    GuardedServer server = server(UnaryOperator.identity());
    var soon =
        mesh.issue(
            mesh.leaf()
                .uri(ID)
                .valid(
                    bench.clock().instant().minusSeconds(60),
                    bench.clock().instant().plusSeconds(86_400)));
    PumpStream stream = bench.client(server, soon.trusting(bench.certificate())).pump();
    stream.heard().join();

    bench.clock().advance(Duration.ofSeconds(86_401));

    assertThat(stream.end().join().reason()).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED.name());
  }
}
