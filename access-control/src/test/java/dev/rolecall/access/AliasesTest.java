package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A policy that names issuers, against the schemes that vouch for them. */
@Tag("attack")
final class AliasesTest {

  private static final PolicySource POLICY =
      PolicySource.fixed(
          AccessPolicy.builder("orders")
              .deny(PrincipalPattern.parse("oidc:okta:mallory"), "/*")
              .deny(PrincipalPattern.parse("dns:partners:a.example"), "/*")
              .build());

  @Test
  void build_aliasThatNoSchemeVouchesFor_isRefused() {
    assertThatThrownBy(() -> AccessControl.builder(POLICY).accept(new FakeScheme("key")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "policy \"orders\" names the alias okta, partners"
                + " (expected: none: no accepted scheme has one)");
    assertThatThrownBy(
            () ->
                AccessControl.builder(POLICY)
                    .accept(vouchingFor("github", "partners"))
                    .accept(vouchingFor("entra"))
                    .build())
        .hasMessage(
            "policy \"orders\" names the alias okta"
                + " (expected: one of the accepted schemes': entra, github, partners)");
  }

  @Test
  void build_aliasesOfSeveralSchemes_isBuilt() {
    try (AccessControl access =
        AccessControl.builder(POLICY)
            .accept(vouchingFor("okta"))
            .accept(vouchingFor("partners"))
            .build()) {
      assertThat(access).isNotNull();
    }
  }

  @Test
  void build_aliasOfNoScheme_isBuiltIfThatIsAllowed() {
    try (AccessControl access =
        AccessControl.builder(POLICY)
            .accept(new FakeScheme("key"))
            .allowPrincipalsOfNoAcceptedScheme()
            .build()) {
      assertThat(access).isNotNull();
    }
  }

  @Test
  void build_trustDomainThatNoSchemeVouchesFor_isRefused() {
    PolicySource workloads =
        PolicySource.fixed(
            AccessPolicy.builder("orders")
                .deny(PrincipalPattern.parse("spiffe://example.org/ns/*"), "/*")
                .deny(PrincipalPattern.parse("spiffe://example.com/a"), "/*")
                .build());

    assertThatThrownBy(() -> AccessControl.builder(workloads).accept(new FakeScheme("key")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "policy \"orders\" names the trust domain example.com, example.org"
                + " (expected: none: no accepted scheme has one)");
    assertThatThrownBy(
            () -> AccessControl.builder(workloads).accept(of("example.org", "a.example")).build())
        .hasMessage(
            "policy \"orders\" names the trust domain example.com"
                + " (expected: one of the accepted schemes': a.example, example.org)");
    try (AccessControl access =
        AccessControl.builder(workloads)
            .accept(of("example.org"))
            .accept(of("example.com"))
            .build()) {
      assertThat(access).isNotNull();
    }
  }

  @Test
  void build_trustDomainOfTwoOwners_isRefused() {
    assertThatThrownBy(
            () ->
                AccessControl.builder(POLICY)
                    .accept(ofOwner("mesh", "example.org"))
                    .accept(ofOwner("spire", "example.com", "example.org"))
                    .allowPrincipalsOfNoAcceptedScheme()
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "trust domain example.org: of mesh and of spire"
                + " (expected: one alias, the same in each scheme)");
  }

  @Test
  void build_trustDomainOfOneOwnerInTwoSchemes_isBuilt() {
    try (AccessControl access =
        AccessControl.builder(POLICY)
            .accept(ofOwner("mesh", "example.org"))
            .accept(ofOwner("mesh", "example.org"))
            .allowPrincipalsOfNoAcceptedScheme()
            .build()) {
      assertThat(access).isNotNull();
    }
  }

  private static Scheme of(String... trustDomains) {
    return ofOwner("mesh", trustDomains);
  }

  private static Scheme ofOwner(String owner, String... trustDomains) {
    return new Scheme() {
      @Override
      public CallerVerifier verifier(AccessRuntime runtime) {
        return new FakeScheme("key");
      }

      @Override
      public Map<String, IssuerAlias> trustDomains() {
        return Stream.of(trustDomains)
            .collect(Collectors.toMap(domain -> domain, domain -> IssuerAlias.of(owner)));
      }
    };
  }

  private static Scheme vouchingFor(String... aliases) {
    return new Scheme() {
      @Override
      public CallerVerifier verifier(AccessRuntime runtime) {
        return new FakeScheme("key");
      }

      @Override
      public Set<IssuerAlias> aliases() {
        return Stream.of(aliases).map(IssuerAlias::of).collect(Collectors.toSet());
      }
    };
  }
}
