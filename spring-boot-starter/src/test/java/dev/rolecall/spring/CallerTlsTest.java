package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.spring.callers.CallerTls;
import dev.rolecall.testsupport.TestAuthority;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.ForwardingServerBuilder;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** The TLS that client certificates and API keys need, as Spring gRPC is told to set it up. */
@Tag("attack")
class CallerTlsTest {

  private static final String CLIENT_AUTH = "spring.grpc.server.ssl.client-auth";

  @TempDir private Path folder;
  private ApplicationContextRunner server;
  private ApplicationContextRunner certified;
  private ApplicationContextRunner keyed;

  @BeforeEach
  void setUp() {
    Path authority = folder.resolve("ca.pem");
    TestAuthority.root("mesh").writePem(authority);
    TestCertificate own = TestCertificate.generate();
    server =
        new ApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    RolecallServerAutoConfiguration.class, SslAutoConfiguration.class))
            .withBean(
                PolicySource.class, () -> PolicySource.fixed(AccessPolicy.builder("none").build()))
            .withPropertyValues(
                "rolecall.server.audience=orders",
                "spring.ssl.bundle.pem.bare.keystore.certificate=" + own.pem(),
                "spring.ssl.bundle.pem.bare.keystore.private-key=" + own.keyPem(),
                "spring.ssl.bundle.pem.full.keystore.certificate=" + own.pem(),
                "spring.ssl.bundle.pem.full.keystore.private-key=" + own.keyPem(),
                "spring.ssl.bundle.pem.full.truststore.certificate=file:" + authority);
    certified =
        server.withPropertyValues(
            "rolecall.server.client-authorities.mesh.certificates=" + authority);
    keyed = server.withPropertyValues("rolecall.server.api-keys.file=" + folder.resolve("keys"));
  }

  /** A builder of no transport in particular. */
  private static final class Builder extends ForwardingServerBuilder<Builder> {

    @Override
    protected ServerBuilder<?> delegate() {
      return InProcessServerBuilder.forName("delegate");
    }
  }

  @SuppressWarnings("unchecked")
  private static void check(ApplicationContext context) {
    ((CallerTls<Builder>) context.getBean(CallerTls.class)).customize(new Builder());
  }

  @Test
  void clients_areAskedForCertificates_whereAuthoritiesAreNamed() {
    certified.run(
        context ->
            assertThat(context.getEnvironment().getProperty(CLIENT_AUTH)).isEqualTo("OPTIONAL"));
    server.run(context -> assertThat(context.getEnvironment().getProperty(CLIENT_AUTH)).isNull());
  }

  @Test
  void clientAuth_ofTheApplication_isKept() {
    certified
        .withPropertyValues(CLIENT_AUTH + "=require")
        .run(
            context ->
                assertThat(context.getEnvironment().getProperty(CLIENT_AUTH)).isEqualTo("require"));
  }

  @Test
  void clientAuth_none_failsTheStart() {
    certified
        .withPropertyValues(CLIENT_AUTH + "=none")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessage(
                        CLIENT_AUTH
                            + ": NONE, with rolecall.server.client-authorities (expected:"
                            + " OPTIONAL, REQUIRE, or not set)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spring.grpc.server.port=0",
        "spring.grpc.server.ssl.bundle=full spring.grpc.server.ssl.enabled=false"
      })
  void server_withoutTls_isNotBuilt(String properties) {
    String[] tls = properties.split(" ");
    certified
        .withPropertyValues(tls)
        .run(
            context ->
                assertThatThrownBy(() -> check(context))
                    .hasMessageStartingWith("rolecall.server.client-authorities: set, but the")
                    .hasMessageContaining("spring.grpc.server.ssl.bundle set)"));
    keyed
        .withPropertyValues(tls)
        .run(
            context ->
                assertThatThrownBy(() -> check(context))
                    .hasMessageStartingWith("rolecall.server.api-keys: set, but the"));
    keyed
        .withPropertyValues(tls)
        .withPropertyValues("rolecall.server.api-keys.accept-keys-on-connections-without-tls=true")
        .run(context -> assertThatCode(() -> check(context)).doesNotThrowAnyException());
    server
        .withPropertyValues(tls)
        .run(context -> assertThatCode(() -> check(context)).doesNotThrowAnyException());
  }

  @Test
  void server_whoseBundleHasNoTruststore_isNotBuilt() {
    certified
        .withPropertyValues("spring.grpc.server.ssl.bundle=bare")
        .run(
            context ->
                assertThatThrownBy(() -> check(context))
                    .hasMessageStartingWith(
                        "spring.grpc.server.ssl.bundle: bare, which has no truststore (expected: ")
                    .hasMessageContaining("rolecall.server.client-authorities"));
  }

  @ParameterizedTest
  @CsvSource({"full, true", "bare, false"})
  void server_whoseTlsTakesTheClients_isBuilt(String bundle, boolean secure) {
    certified
        .withPropertyValues(
            "spring.grpc.server.ssl.bundle=" + bundle, "spring.grpc.server.ssl.secure=" + secure)
        .run(context -> assertThatCode(() -> check(context)).doesNotThrowAnyException());
  }
}
