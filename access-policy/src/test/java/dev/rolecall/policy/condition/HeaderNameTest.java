package dev.rolecall.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
final class HeaderNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-tenant",
        "user-agent",
        "x-request-id",
        "a",
        "0",
        "x_y.z-1",
        // Segments that only look like those refused.
        "x-tokens-left",
        "sessionless",
        "x-keys",
        "x-author",
        "x-monkey",
        "x-pinned",
        "grpcx",
        "x-bin-size"
      })
  void name_ofAnApplicationsHeader_isAccepted(String name) {
    assertThat(HeaderName.parse(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization",
        "cookie",
        "set-cookie",
        "x-api-key",
        "api-key",
        "my-api-key-id",
        "x-amz-security-token",
        "txn-token",
        "x_token",
        "x.secret",
        "db-password",
        "x-credential",
        "x-apikey",
        "x-signature-input",
        "x-session",
        "x-jwt",
        "client-assertion",
        "token",
        "rolecall-grant",
        // Each is a header that a product in use sends a credential in.
        "x-api-v2-api-key",
        "x-serverless-authorization",
        "x-forwarded-authorization",
        "x-auth",
        "x-auth-key",
        "ocp-apim-subscription-key",
        "x-functions-key",
        "x-amzn-oidc-data",
        "x-amzn-oidc-accesstoken",
        "x-csrftoken",
        "x-cookie",
        "x-aws-credentials",
        "dpop",
        "x-hmac",
        "x-access_key",
        "x-secretkey",
      })
  void name_ofAHeaderThatMayHoldACredential_isRefused(String name) {
    assertThatThrownBy(() -> HeaderName.parse(name))
        .hasMessage(
            "header: \""
                + name
                + "\" (expected: a header that holds no credential; principals mean the callers)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host",
        "grpc-timeout",
        "grpc-",
        "trace-bin",
        "connection",
        "keep-alive",
        "proxy-authorization",
        "proxy-x",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
      })
  void name_ofAHeaderThatTheTransportReads_isRefused(String name) {
    assertThatThrownBy(() -> HeaderName.parse(name))
        .hasMessageEndingWith("(expected: a header that the application itself sends as text)");
  }

  @ParameterizedTest
  @ValueSource(strings = {":path", ":authority", ":"})
  void name_ofAPseudoHeader_isRefused(String name) {
    assertThatThrownBy(() -> HeaderName.parse(name))
        .hasMessageEndingWith("(expected: a header's name; paths mean the methods)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x tenant", "x*", "\u00e4", "x\n", "x:y", "\u212a"})
  void name_ofOtherCharacters_isRefused(String name) {
    assertThatThrownBy(() -> HeaderName.parse(name))
        .hasMessageEndingWith("(expected: " + HeaderName.EXPECTED + ")");
  }

  @Test
  void name_inUpperCase_isRefusedWithTheRightValue() {
    assertThatThrownBy(() -> HeaderName.parse("X-Tenant"))
        .hasMessage("header: \"X-Tenant\" (expected: x-tenant, in lower case)");
  }

  @Test
  void name_ofTwoHundredCharacters_isTheLongest() {
    assertThat(HeaderName.parse("x".repeat(200)).value()).hasSize(200);
    assertThatThrownBy(() -> HeaderName.parse("x".repeat(201)))
        .hasMessageEndingWith("(expected: " + HeaderName.EXPECTED + ")");
  }
}
