package dev.rolecall.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of principals, read back. */
@Tag("attack")
final class PrincipalTextTest {

  static Stream<Principal> principals() {
    return Stream.of(
        IamRole.ofUnknownId(RoleArn.parse("arn:aws-cn:iam::111122223333:role/checkout")),
        OidcSubject.of("github", "repo:acme/shop"),
        OidcSubject.of("github", "a:b: c"),
        new SpiffeId("example.org", "/ns/shop/sa/checkout"),
        DnsName.of("partners", "api.example.com"),
        new ApiClient("ci"));
  }

  @ParameterizedTest
  @MethodSource("principals")
  void parse_textOfAPrincipal_isThatPrincipal(Principal principal) {
    assertThat(Principal.parse(principal.text())).isEqualTo(principal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "checkout",
        "arn",
        "arn:",
        "arn:aws:iam::111122223333:role/path/checkout",
        "arn:aws:iam::111122223333:role/checkout*",
        "arn:aws:iam::111122223333:role/",
        "arn:aws:iam::111122223333:user/checkout",
        "arn:aws:sts::111122223333:assumed-role/checkout/one",
        "ARN:aws:iam::111122223333:role/checkout",
        " arn:aws:iam::111122223333:role/checkout",
        "oidc:",
        "oidc:github",
        "oidc:github:",
        "oidc::sub",
        "oidc:GitHub:sub",
        "oidc:github:sub*",
        "oidc:github: sub",
        "oidc:github:s\u00fcb",
        "OIDC:github:sub",
        "client:github:app",
        "sso:111122223333:Admins",
        "spiffe://",
        "spiffe://example.org",
        "spiffe://example.org/",
        "spiffe://example.org/a//b",
        "spiffe://example.org/../a",
        "spiffe://Example.org/a",
        "dns:",
        "dns:partners",
        "dns:partners:",
        "dns:partners:API.example.com",
        "dns:partners:*.example.com",
        "key:",
        "key:CI",
        "key:ci:one",
        "key:ci ",
      })
  void parse_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Principal.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
  }
}
