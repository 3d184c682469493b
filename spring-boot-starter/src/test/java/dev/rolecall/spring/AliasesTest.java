package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.policy.document.ReloadResult;
import dev.rolecall.spring.internal.setting.InvalidSettingException;
import dev.rolecall.testsupport.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * The aliases and trust domains that a policy may name: those of the properties and of the
 * application's schemes.
 */
@Tag("attack")
class AliasesTest {

  /** Nothing listens there. */
  private static final String ISSUER = "https://127.0.0.1:1";

  @TempDir private Path folder;
  private Path policy;
  private ApplicationContextRunner server;

  @BeforeEach
  void setUp() throws Exception {
    policy = folder.resolve("policy.yaml");
    Path authority = folder.resolve("ca.pem");
    TestAuthority.root("mesh").writePem(authority);
    server =
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RolecallServerAutoConfiguration.class))
            .withPropertyValues(
                "rolecall.server.audience=orders",
                "rolecall.server.policy=" + policy,
                "rolecall.server.issuers.corp.url=" + ISSUER,
                "rolecall.server.client-authorities.partners.certificates=" + authority,
                "rolecall.server.client-authorities.partners.trust-domain=example.org");
  }

  private void write(String principal) throws Exception {
    Files.writeString(
        policy,
        """
        name: orders
        allow_rules:
          - name: all
            source: {principals: ["%s"]}
            request: {paths: ["/tests.v1.Questions/*"]}
        """
            .formatted(principal));
  }

  @Test
  void policy_ofKnownAliases_isLoaded() throws Exception {
    for (String known :
        new String[] {
          "oidc:corp:alice", "dns:partners:api.example", "spiffe://example.org/checkout"
        }) {
      write(known);
      server.run(context -> assertThat(context).getBean(CallGuard.class).isNotNull());
    }
  }

  @Test
  void policy_ofAnUnknownAlias_stopsTheServer_withItsLine() throws Exception {
    write("oidc:okta:alice");
    server.run(
        context ->
            assertThatThrownBy(() -> context.getBean(CallGuard.class))
                .satisfies(
                    failure ->
                        assertThat(Causes.of(failure))
                            .contains(InvalidSettingException.class.getName())
                            .contains("rolecall.server.policy: ", ":4:", "okta", "corp")));
  }

  @Test
  void reload_ofAnUnknownAlias_keepsTheLastGoodPolicy() throws Exception {
    write("oidc:corp:alice");
    server.run(
        context -> {
          PolicySource source = context.getBean(PolicySource.class);
          assertThat(context).getBean(CallGuard.class).isNotNull();
          Set<IssuerAlias> before = source.current().aliases();

          write("dns:mesh:api.example");
          assertThat(((PolicyFile) source).reloadNow()).isInstanceOf(ReloadResult.Rejected.class);
          assertThat(source.current().aliases())
              .isEqualTo(before)
              .containsExactly(IssuerAlias.of("corp"));

          write("spiffe://example.com/checkout");
          assertThat(((PolicyFile) source).reloadNow()).isInstanceOf(ReloadResult.Rejected.class);

          write("dns:partners:api.example");
          assertThat(((PolicyFile) source).reloadNow())
              .isNotInstanceOf(ReloadResult.Rejected.class);
          assertThat(source.current().aliases()).containsExactly(IssuerAlias.of("partners"));
        });
  }

  @Test
  void aliasOfTheApplicationsOwnScheme_isKnown() throws Exception {
    write("oidc:own:alice");
    server
        .withPropertyValues("rolecall.server.token-audiences=orders")
        .withBean(Scheme.class, Own::new)
        .run(
            context ->
                assertThat(context.getBean(PolicySource.class).current().aliases())
                    .containsExactly(IssuerAlias.of("own")));
  }

  /** A scheme of an application that has an alias. */
  private static final class Own implements Scheme {

    @Override
    public CallerVerifier verifier(AccessRuntime runtime) {
      return new Callers().verifier(runtime);
    }

    @Override
    public Set<IssuerAlias> aliases() {
      return Set.of(IssuerAlias.of("own"));
    }
  }
}
