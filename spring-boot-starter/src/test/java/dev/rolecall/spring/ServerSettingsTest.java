package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.spring.internal.server.BehindGuard;
import dev.rolecall.spring.internal.server.GuardAttachment;
import dev.rolecall.spring.internal.setting.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The meaning of a server's properties, and the message for one that breaks a rule. */
@Tag("attack")
class ServerSettingsTest {

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: all
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/tests.v1.Questions/*"]}
      """;

  private final ApplicationContextRunner server =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  RolecallServerAutoConfiguration.class, RolecallSecurityAutoConfiguration.class));

  @TempDir private Path folder;

  private Path policyFile(String text) throws Exception {
    return Files.writeString(folder.resolve("policy.yaml"), text);
  }

  private ApplicationContextRunner withPolicy() throws Exception {
    return server.withPropertyValues("rolecall.server.policy=" + policyFile(POLICY));
  }

  @Test
  void application_thatServesNothing_needsNoAudience() {
    server.run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void server_withoutAudience_isNotBuilt() throws Exception {
    withPolicy()
        .run(
            context ->
                assertThatThrownBy(() -> InProcess.of(context, () -> "open"))
                    .rootCause()
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith("rolecall.server.audience: not set (expected: "));
  }

  @Test
  void server_withoutPolicy_isNotBuilt() {
    server
        .withPropertyValues("rolecall.server.audience=orders")
        .run(
            context ->
                assertThatThrownBy(() -> InProcess.of(context, () -> "open"))
                    .rootCause()
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith("rolecall.server.policy: not set (expected: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          audience=Not_A_Name                  | rolecall.server.audience       | audience: Not_A_Name (expected
          accept-partitions=moon               | rolecall.server.accept-partitions | partition: moon (expected
          trust-accounts=1234                  | rolecall.server.trust-accounts | 1234
          trust-accounts=moon:111122223333     | rolecall.server.trust-accounts | moon
          accept-balancer-certificates=short   | rolecall.server.accept-balancer-certificates | short
          require-chanel-binding=true          | rolecall.server.require-chanel-binding | did you mean rolecall.server.require-channel-binding?
          audit.condition=sometimes            | rolecall.server.audit.condition | sometimes
          require-channel-binding=perhaps      | rolecall.server.require-channel-binding | perhaps
          policy-period=soon                   | rolecall.server.policy-period | soon
          """)
  void property_thatCannotBeReadOrIsNone_failsTheStartAndIsNamed(
      String property, String name, String said) {
    server
        .withPropertyValues("rolecall.server." + property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .satisfies(failure -> assertThat(Causes.of(failure)).contains(name, said)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max-clock-skew=301s              | rolecall.server.max-clock-skew: | PT5M1S
          max-proof-age=0s                 | rolecall.server.max-proof-age: | PT0S
          look-up-timeout=31s              | rolecall.server.look-up-timeout: | PT31S
          policy=                          | rolecall.server.policy: | none (expected: at least one
          stream-grace=-1s                 | rolecall.server.stream-grace: | PT-1S
          policy-period=99ms               | rolecall.server.policy-period: | PT0.099S
          admit-and-record-instead-of-refusing-methods= | rolecall.server.admit-and-record-instead-of-refusing-methods: | none (expected: at least one
          admit-and-record-instead-of-refusing-methods=Orders | rolecall.server.admit-and-record-instead-of-refusing-methods: | Orders
          audit.file=/nowhere/audit.jsonl  | rolecall.server.audit.file: | /nowhere/audit.jsonl
          accept-regions=nowhere           | rolecall.server.accept-regions: | nowhere
          accept-regions=                  | rolecall.server.accept-regions: | none (expected: at least one
          trust-accounts=                  | rolecall.server.trust-accounts: | none (expected: at least one
          also-accept-regions=nowhere      | rolecall.server.also-accept-regions: | nowhere
          accept-regions=eu-west-1,cn-north-1 | rolecall.server.accept-regions: | cn-north-1 (expected: a Region of an accepted partition
          also-accept-regions=cn-west-7    | rolecall.server.also-accept-regions: | cn-west-7 (expected
          accept-partitions=               | rolecall.server.accept-partitions: | none (expected: a partition or a custom endpoint
          accept-partitions=aws-moon       | rolecall.server.accept-partitions: | aws-moon (expected: one that the AWS SDK in use knows
          accept-custom-endpoints[0].endpoint=http://sts.example.com | rolecall.server.accept-custom-endpoints[0].endpoint: | http://sts.example.com
          accept-custom-endpoints[0].region=eu-west-1 | rolecall.server.accept-custom-endpoints[0].endpoint: | not set
          accept-custom-endpoints[0].endpoint=https://sts.eu-west-1.amazonaws.com | rolecall.server.accept-custom-endpoints[0].endpoint: | both
          """)
  void property_thatBreaksARule_stopsTheServerAndIsNamed(String property, String name, String said)
      throws Exception {
    withPolicy()
        .withPropertyValues("rolecall.server.audience=orders", "rolecall.server." + property)
        .run(
            context ->
                assertThatThrownBy(() -> InProcess.of(context, () -> "open"))
                    .satisfies(
                        failure ->
                            assertThat(Causes.of(failure))
                                .contains(InvalidSettingException.class.getName() + ": " + name)
                                .contains(said)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1/policy.yaml", "classpath:nowhere.yaml", "/nowhere/policy.yaml"})
  void policy_thatIsNotThere_isNamed(String location) {
    server
        .withPropertyValues("rolecall.server.policy=" + location)
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(PolicySource.class))
                    .satisfies(
                        failure ->
                            assertThat(Causes.of(failure))
                                .contains(InvalidSettingException.class.getName())
                                .contains("rolecall.server.policy: ")));
  }

  @Test
  void policy_thatIsNone_isSaidWithItsLine() throws Exception {
    server
        .withPropertyValues("rolecall.server.policy=" + policyFile("name: orders\nallow: []\n"))
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(PolicySource.class))
                    .satisfies(
                        failure ->
                            assertThat(Causes.of(failure))
                                .contains("rolecall.server.policy: ", ":2:")));
  }

  @Test
  void policy_ofTheFileSystem_isFollowed() throws Exception {
    withPolicy()
        .run(
            context ->
                assertThat(context).getBean(PolicySource.class).isInstanceOf(PolicyFile.class));
  }

  @Test
  void policy_ofFilesAndFolders_isOne() throws Exception {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(rules.resolve("refunds.yaml"), POLICY.replace("orders", "refunds"));
    Path file = policyFile(POLICY.replace("name: all", "name: every"));
    server
        .withPropertyValues("rolecall.server.policy=" + file + "," + rules)
        .run(
            context -> {
              assertThat(context).getBean(PolicySource.class).isInstanceOf(PolicyFile.class);
              assertThat(context.getBean(PolicySource.class).current().name())
                  .isEqualTo("orders+refunds");
            });
  }

  @Test
  void policy_insideAJar_isRead() throws Exception {
    Path jar = folder.resolve("policies.jar");
    try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new java.util.zip.ZipEntry("inside.yaml"));
      out.write(POLICY.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    try (var loader = new java.net.URLClassLoader(new java.net.URL[] {jar.toUri().toURL()})) {
      server
          .withClassLoader(loader)
          .withPropertyValues("rolecall.server.policy=classpath:inside.yaml")
          .run(
              context ->
                  assertThat(context.getBean(PolicySource.class).current().name())
                      .isEqualTo("orders"));
      server
          .withClassLoader(loader)
          .withPropertyValues("rolecall.server.policy=classpath:inside.yaml," + policyFile(POLICY))
          .run(
              context ->
                  assertThatThrownBy(() -> context.getBean(PolicySource.class))
                      .rootCause()
                      .hasMessageStartingWith(
                          "rolecall.server.policy: files, and entries of a jar"));
    }
  }

  @Test
  void beansOfTheApplication_takeTheirPlaces() {
    Callers scheme = new Callers();
    PolicySource policies = PolicySource.fixed(AccessPolicy.builder("none").build());
    server
        .withBean(Scheme.class, () -> scheme)
        .withBean(PolicySource.class, () -> policies)
        .run(
            context -> {
              assertThat(context).getBean(Scheme.class).isSameAs(scheme);
              assertThat(context).getBean(PolicySource.class).isSameAs(policies);
              assertThat(context).hasSingleBean(CallGuard.class);
              assertThat(context).getBean(CallGuard.class).isNotNull();
              assertThat(scheme.isClosed()).isFalse();
            });
    assertThat(scheme.isClosed()).isTrue();
  }

  @Test
  void securityMissing_leavesTheGuardAlone() {
    server
        .withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean(BehindGuard.class);
              assertThat(context).hasSingleBean(GuardAttachment.class);
            });
  }

  @Test
  void springGrpcMissing_leavesNothing() {
    server
        .withClassLoader(new FilteredClassLoader("org.springframework.grpc"))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean("rolecallGuardAttachment")
                    .doesNotHaveBean(BehindGuard.class)
                    .doesNotHaveBean(RolecallServerProperties.class)
                    .doesNotHaveBean(RolecallServerProperties.AcceptedProofs.class)
                    .doesNotHaveBean(RolecallServerProperties.StsEndpoints.class));
  }
}
