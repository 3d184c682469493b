package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.spring.internal.attested.AttestedBundle;
import dev.rolecall.spring.internal.setting.InvalidSettingException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A property that nothing reads stops the server: a restriction that is set must be in force. */
@Tag("attack")
class UnreadSettingsTest {

  private final ApplicationContextRunner server =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  RolecallServerAutoConfiguration.class,
                  RolecallAttestedServerAutoConfiguration.class))
          .withBean(Scheme.class, Callers::new)
          .withBean(
              PolicySource.class, () -> PolicySource.fixed(AccessPolicy.builder("none").build()));

  private static void assertNotBuilt(ApplicationContextRunner application, String... words) {
    application.run(
        context ->
            assertThatThrownBy(() -> InProcess.of(context, () -> "open"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audience=orders",
        "require-channel-binding=true",
        "requireChannelBinding=true",
        "trust-accounts=111122223333",
        "trust-accounts[0]=111122223333",
        "accept-regions=eu-west-1",
        "accept-custom-endpoints[0].endpoint=https://sts.example.com",
        "max-proof-age=1m",
        "look-up-timeout=1s",
      })
  void propertyOfTheVerifier_besideAScheme_isNotIgnored(String property) {
    assertNotBuilt(
        server.withPropertyValues("rolecall.server." + property),
        "rolecall.server.",
        "set, but not read: a Scheme bean");
  }

  @Test
  void variableOfTheVerifier_besideAScheme_isNotIgnored() {
    assertNotBuilt(
        server.withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new SystemEnvironmentPropertySource(
                            "test-systemEnvironment",
                            Map.of("ROLECALL_SERVER_TRUSTACCOUNTS", "111122223333")))),
        "rolecall.server.trust-accounts: set, but not read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"channels=access", "channels[0]=access", "stale=strict", "file=/g"})
  void propertyOfTheGrants_besideAGrantSource_isNotIgnored(String property) {
    assertNotBuilt(
        server
            .withBean(GrantSource.class, () -> runtime -> Grants.none())
            .withPropertyValues("rolecall.server.grants." + property),
        "rolecall.server.grants.",
        "set, but not read: a GrantSource bean takes the place of the feed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"policy=/etc/orders/policy.yaml", "policy-period=1m"})
  void propertyOfThePolicyFile_besideAPolicySource_isNotIgnored(String property) {
    assertNotBuilt(
        server.withPropertyValues("rolecall.server." + property),
        "rolecall.server.policy",
        "set, but not read: a PolicySource bean");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-connection-age=1m", "host-names=orders", "sts.region=eu-west-1"})
  void propertyOfAttestedTls_withoutAttestedTls_isNotIgnored(String property) {
    assertNotBuilt(
        server.withPropertyValues("rolecall.server.attested-tls." + property),
        "rolecall.server.attested-tls.",
        "set, but not read: rolecall.server.attested-tls.enabled is not true");
  }

  @Test
  void propertiesOfTheGuard_besideThoseBeans_areRead() {
    server
        .withPropertyValues(
            "rolecall.server.stream-grace=1m",
            "rolecall.server.audit.condition=none",
            "rolecall.server.attested-tls.enabled=false",
            "rolecall.sts.endpoint=https://sts.example.com")
        .run(context -> InProcess.of(context, () -> "reached").close());
  }

  @Test
  void openServer_withAttestedTls_isNotBuilt() {
    assertNotBuilt(
        server.withPropertyValues(
            "rolecall.server.attested-tls.enabled=true",
            "rolecall.server.unsafe-serve-without-guard=true"),
        "rolecall.server.unsafe-serve-without-guard: true, with rolecall.server.attested-tls");
  }

  /** Boot takes "no" for false, but a condition takes it for a value. */
  @Test
  void switchOfAttestedTls_thatIsReadInTwoWays_isRefused() {
    assertNotBuilt(
        server.withPropertyValues("rolecall.server.attested-tls.enabled=no"),
        "rolecall.server.attested-tls.enabled: ",
        "(expected: true or false)");
  }

  @Test
  void attestedServer_thatAsksForNoCertificates_failsTheStart() {
    server
        .withPropertyValues(
            "rolecall.server.attested-tls.enabled=true",
            "spring.grpc.server.ssl.client-auth=optional")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageStartingWith(
                        "spring.grpc.server.ssl.client-auth: OPTIONAL (expected: REQUIRE"));
  }

  @Test
  void attestedServer_byDefault_hasItsBundleAndAsksForCertificates() {
    server
        .withPropertyValues(
            "rolecall.server.attested-tls.enabled=true",
            "rolecall.server.attested-tls"
                + ".accept-call-proofs-from-clients-without-certificate=true")
        .run(
            context -> {
              assertThat(context.getEnvironment().getProperty("spring.grpc.server.ssl.bundle"))
                  .isEqualTo(AttestedBundle.NAME);
              assertThat(context.getEnvironment().getProperty("spring.grpc.server.ssl.client-auth"))
                  .isEqualTo("OPTIONAL");
            });
  }
}
