package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.spring.internal.setting.InvalidSettingException;
import dev.rolecall.testsupport.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The properties of callers that bring no proof: what breaks a rule, and what nothing reads. */
@Tag("attack")
class CallerSettingsTest {

  @TempDir private static Path folder;

  private final ApplicationContextRunner server =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  RolecallServerAutoConfiguration.class,
                  RolecallAttestedServerAutoConfiguration.class))
          .withBean(
              PolicySource.class, () -> PolicySource.fixed(AccessPolicy.builder("none").build()))
          .withPropertyValues("rolecall.server.audience=orders");

  @BeforeAll
  static void write() throws Exception {
    TestAuthority.root("mesh").writePem(folder.resolve("mesh.pem"));
    TestAuthority.root("partners").writePem(folder.resolve("partners.pem"));
    Files.writeString(folder.resolve("none.txt"), "none\n");
  }

  /** Properties below {@code rolecall.server}, with the folder's name for FOLDER. */
  private static String[] below(String properties) {
    return Stream.of(properties.split("\\s+"))
        .map(each -> "rolecall.server." + each.replace("FOLDER", folder.toString()))
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          issuers.corp.profile=okta                                  | issuers.corp.url: | not set
          issuers.Corp.url=https://idp.example                       | issuers.Corp: | alias: Corp (expected
          issuers.corp.url=http://idp.example                        | issuers: | http://idp.example
          issuers.corp.url=https://idp.example issuers.corp.profile=octa | issuers.corp.profile: | octa (expected: one of rfc9068
          issuers.corp.url=https://idp.example issuers.corp.profile=aws | issuers.corp.profile: | aws
          issuers.corp.url=https://idp.example issuers.corp.profile=cognito | issuers: | corp
          issuers.corp.url=https://idp.example issuers.corp.profile=spiffe | issuers: | corp
          issuers.corp.url=https://idp.example issuers.corp.audiences= | issuers.corp.audiences: | none (expected: at least one
          issuers.corp.url=https://idp.example issuers.corp.allow-clients= | issuers.corp.allow-clients: | none (expected: at least one
          issuers.corp.url=https://idp.example issuers.corp.trust-certificates=FOLDER/none.txt | issuers: | none.txt
          issuers.corp.url=https://idp.example issuers.corp.introspection.client-file=FOLDER/none.txt | issuers.corp.introspection.endpoint: | not set
          issuers.corp.url=https://idp.example issuers.corp.introspection.endpoint=https://idp.example/ask | issuers.corp.introspection.client-file: | not set
          issuers.corp.url=https://idp.example issuers.corp.introspection.endpoint=http://idp.example/ask issuers.corp.introspection.client-file=FOLDER/none.txt | issuers: | http://idp.example/ask
          issuers.corp.url=https://idp.example issuers.okta.url=https://idp.example | issuers: | https://idp.example (expected: each one once
          issuers.corp.url=https://idp.example token-audiences=      | token-audiences: | none (expected: at least one
          token-audiences=orders                                     | token-audiences: | set, but not read: no tokens
          web-identity=                                              | web-identity: | none (expected: at least one
          web-identity[0].issuer=https://idp.example                 | web-identity[0].account: | not set
          web-identity[0].account=1234 web-identity[0].issuer=https://idp.example | web-identity[0].account: | 1234
          web-identity[0].account=111122223333                       | web-identity[0].issuer: | not set
          web-identity[0].account=111122223333 web-identity[0].issuer=http://idp.example | web-identity: | http://idp.example
          client-authorities.mesh.trust-domain=example.org           | client-authorities.mesh.certificates: | not set
          client-authorities.Mesh.certificates=FOLDER/mesh.pem       | client-authorities.Mesh: | alias: Mesh (expected
          client-authorities.mesh.certificates=FOLDER/nowhere.pem    | client-authorities: | nowhere.pem
          client-authorities.mesh.certificates=FOLDER/none.txt       | client-authorities: | none.txt
          client-authorities.mesh.certificates=FOLDER/mesh.pem client-authorities.mesh.trust-domain=EXAMPLE | client-authorities.mesh.trust-domain: | EXAMPLE
          client-authorities.mesh.certificates=FOLDER/mesh.pem client-authorities.other.certificates=FOLDER/mesh.pem | client-authorities: | mesh
          client-authorities.mesh.certificates=FOLDER/mesh.pem client-authorities.mesh.trust-domain=example.org client-authorities.other.certificates=FOLDER/partners.pem client-authorities.other.trust-domain=example.org | client-authorities: | trust domain: example.org
          credential-of-call-before-client-certificate=true          | credential-of-call-before-client-certificate: | no scheme reads client certificates
          api-keys.accept-keys-on-connections-without-tls=true       | api-keys.file: | not set
          api-keys.file=FOLDER/nowhere                               | api-keys.file: | nowhere
          api-keys.file=FOLDER/none.txt                              | api-keys.file: | none.txt
          """)
  void property_thatBreaksARule_stopsTheServerAndIsNamed(
      String properties, String name, String said) {
    server
        .withPropertyValues(below(properties))
        .run(
            context ->
                assertThatThrownBy(() -> InProcess.of(context, () -> "open"))
                    .satisfies(
                        failure ->
                            assertThat(Causes.of(failure))
                                .contains(
                                    InvalidSettingException.class.getName()
                                        + ": rolecall.server."
                                        + name)
                                .contains(said)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          issuers.corp.uri=https://idp.example     | did you mean rolecall.server.issuers.corp.url?
          issuers.corp.introspection.client-fiel=a | did you mean rolecall.server.issuers.corp.introspection.client-file?
          issuers=https://idp.example              | issuers
          web-identity[0].acount=111122223333      | did you mean rolecall.server.web-identity[0].account?
          client-authorities.mesh.bundle=mesh.pem  | client-authorities.mesh.bundle
          client-authority.mesh.certificates=a.pem | client-authority.mesh.certificates
          api-key.file=keys                        | did you mean rolecall.server.api-keys.file?
          """)
  void property_thatIsNone_failsTheStart(String property, String said) {
    server
        .withPropertyValues(below(property))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .satisfies(failure -> assertThat(Causes.of(failure)).contains(said)));
  }

  @Test
  void properties_ofTokens_besideAScheme_readTheAudience() {
    ApplicationContextRunner own = server.withBean(Scheme.class, Callers::new);
    own.withPropertyValues(below("issuers.corp.url=https://127.0.0.1:1"))
        .run(
            context -> {
              InProcess.of(context, () -> "reached").close();
              assertThat(context).getBean(CallGuard.class).isNotNull();
            });
    own.withPropertyValues(below("issuers.corp.url=https://127.0.0.1:1 token-audiences=shop"))
        .run(
            context ->
                assertThatThrownBy(() -> InProcess.of(context, () -> "open"))
                    .hasMessageStartingWith("rolecall.server.audience: set, but not read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "issuers.corp.url=https://idp.example",
        "web-identity[0].account=111122223333",
        "api-keys.file=FOLDER/none.txt"
      })
  void credentialsOfCalls_withAttestedTlsAlone_areNotIgnored(String property) {
    server
        .withPropertyValues(below(property + " attested-tls.enabled=true"))
        .run(
            context ->
                assertThatThrownBy(() -> InProcess.of(context, () -> "open"))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContainingAll(
                        "set, but not read",
                        "accept-call-proofs-from-clients-without-certificate is true"));
  }

  @Test
  void clientAuthorities_withAttestedTls_failTheStart() {
    server
        .withPropertyValues(
            below("client-authorities.mesh.certificates=FOLDER/mesh.pem attested-tls.enabled=true"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageStartingWith("rolecall.server.client-authorities: set, but not"));
  }
}
