package dev.rolecall.proxy.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.proxy.internal.check.RequestHeaders;
import dev.rolecall.testsupport.Echo;
import org.junit.jupiter.api.Test;

final class CheckedHeadersTest {

  private static final CheckedHeaders READER = CheckedHeaders.READER;

  private static RequestHeaders of(Asked asked) {
    return asked.check().headers();
  }

  private static Asked asked() {
    return Asked.about(Echo.SAY);
  }

  @Test
  void value_ofARepeatedHeader_isJoined_inWhateverCase() {
    RequestHeaders headers = of(asked().header("x-a", "1").header("X-A", "2").mapped("x-b", "3,4"));

    assertThat(READER.value(headers, HeaderName.parse("x-a"))).contains("1,2");
    assertThat(READER.value(headers, HeaderName.parse("x-b"))).contains("3,4");
    assertThat(READER.value(headers, HeaderName.parse("x-c"))).isEmpty();
  }

  @Test
  void grantToken_isOne_orNone() {
    assertThat(READER.grantToken(of(asked()))).isEmpty();
    assertThat(READER.grantToken(of(asked().header("rolecall-grant", "a.b.c")))).contains("a.b.c");
    assertThat(READER.grantToken(of(asked().mapped("rolecall-grant", "a,b")))).isEmpty();
    assertThat(
            READER.grantToken(
                of(asked().header("rolecall-grant", "a").header("rolecall-grant", "b"))))
        .isEmpty();
  }

  @Test
  void transactionTokens_areAllOfThem() {
    assertThat(READER.transactionTokens(of(asked()))).isEmpty();
    assertThat(READER.transactionTokens(of(asked().header("txn-token", "a")))).containsExactly("a");
    assertThat(
            READER.transactionTokens(
                of(asked().header("txn-token", "a,b").header("txn-token", ""))))
        .containsExactly("a", "b", "");
  }

  @Test
  void copy_hasNoCredential() {
    RequestHeaders copy =
        READER.copy(
            of(
                asked()
                    .header("Authorization", "Bearer a")
                    .header("rolecall-grant", "b")
                    .header("txn-token", "c")
                    .header("x-tenant", "blue")));

    assertThat(copy.has("authorization")).isFalse();
    assertThat(READER.grantToken(copy)).isEmpty();
    assertThat(READER.transactionTokens(copy)).isEmpty();
    assertThat(READER.value(copy, HeaderName.parse("x-tenant"))).contains("blue");
  }
}
