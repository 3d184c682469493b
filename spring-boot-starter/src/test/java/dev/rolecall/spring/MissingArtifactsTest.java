package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.spring.internal.setting.InvalidSettingException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application without the artifacts that the starter does not bring. */
@Tag("attack")
class MissingArtifactsTest {

  private static final String OPTIONAL =
      ".*[/\\\\](rolecall-)?(token-verifier|token-credentials|signed-tokens|certificate-verifier|api-keys|access-grants)([/\\\\-].*)?";

  private static ApplicationContextRunner server() {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(RolecallServerAutoConfiguration.class));
  }

  @ParameterizedTest
  @CsvSource({
    "issuers.corp.url=https://idp.example, issuers, rolecall-token-verifier",
    "web-identity[0].account=111122223333, web-identity, rolecall-token-verifier",
    "token-audiences=orders, token-audiences, rolecall-token-verifier",
    "client-authorities.mesh.certificates=a.pem, client-authorities, rolecall-certificate-verifier",
    "api-keys.file=keys, api-keys, rolecall-api-keys",
    "grants.channels=access, grants, rolecall-access-grants",
    "grants.stale=strict, grants, rolecall-access-grants",
  })
  void property_withoutItsArtifact_failsTheStart_andNamesIt(
      String property, String name, String artifact) {
    server()
        .withClassLoader(
            new FilteredClassLoader(
                "dev.rolecall.tokens",
                "dev.rolecall.certificates",
                "dev.rolecall.apikeys",
                "dev.rolecall.grants"))
        .withPropertyValues("rolecall.server." + property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessage(
                        "rolecall.server."
                            + name
                            + ": set, but not read: "
                            + artifact
                            + " is not on the class path (expected: dev.rolecall:"
                            + artifact
                            + " among the application's dependencies)"));
  }

  /** Classes of a loader that does not have them at all, as those of such an application. */
  @Test
  void applicationOfRolesAlone_needsNoneOfThem() throws Exception {
    URL[] left =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.matches(OPTIONAL))
            .map(MissingArtifactsTest::url)
            .toArray(URL[]::new);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(left, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      Class<?> alone = loader.loadClass(RolesAlone.class.getName());
      assertThat(alone.getClassLoader()).isSameAs(loader);
      assertThat(alone.getMethod("run").invoke(null)).isEqualTo("guarded, and none of them");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Else each application would have them. */
  @Test
  void artifacts_areOptional() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    for (String artifact :
        new String[] {
          "token-verifier", "token-credentials", "certificate-verifier", "api-keys", "access-grants"
        }) {
      assertThat(pom)
          .containsPattern(
              "<artifactId>rolecall-" + artifact + "</artifactId>\\s+<optional>true</optional>");
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(entry, e);
    }
  }

  /** The application, in a class loader of the test. */
  public static final class RolesAlone {

    private RolesAlone() {}

    /** Makes guard and credentials, and says whether a class of the artifacts could be loaded. */
    public static String run() {
      StringBuilder said = new StringBuilder();
      server()
          .withBean(
              PolicySource.class, () -> PolicySource.fixed(AccessPolicy.builder("none").build()))
          .withPropertyValues("rolecall.server.audience=orders")
          .run(
              context -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBean(CallGuard.class)).isNotNull();
                said.append("guarded, and ")
                    .append(
                        Stream.of(
                                    "dev.rolecall.tokens.TokenVerifier",
                                    "dev.rolecall.certificates.CertificateVerifier",
                                    "dev.rolecall.apikeys.ApiKeys",
                                    "dev.rolecall.grants.GrantFeed",
                                    "dev.rolecall.tokencredentials.TokenSource",
                                    "dev.rolecall.jwt.TokenSigner")
                                .anyMatch(RolesAlone::isPresent)
                            ? "some of them"
                            : "none of them");
              });
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(RolecallClientAutoConfiguration.class))
          .withPropertyValues(
              "rolecall.client.channels.orders.audience=orders",
              "rolecall.client.token-channels.refunds.web-identity.audience=refunds")
          .run(context -> assertThat(context).hasNotFailed());
      return said.toString();
    }

    private static boolean isPresent(String name) {
      try {
        Class.forName(name);
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  }
}
