package dev.rolecall.policy.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.policy.StatedFacts;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.condition.HeaderName;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources that a rule names by headers of the call, which the caller writes. */
@Tag("attack")
final class ResourceTemplateTest {

  private static final ResourceTemplate REGION = ResourceTemplate.parse("orders/{header:x-region}");

  @ParameterizedTest
  @CsvSource({
    "orders, orders",
    "orders/eu, orders/eu",
    "orders/{header:x-region}, orders/eu-west-1",
    "{header:x-region}, eu-west-1",
    "{header:x-region}/{header:x-tenant}, eu-west-1/Blue_7",
    "a/{header:x-region}/b~c.d, a/eu-west-1/b~c.d",
    ".../{header:x-region}, .../eu-west-1",
  })
  void template_withOneValueOfEachHeader_namesTheResource(String template, String resource) {
    CallFacts call =
        StatedFacts.headers(Map.of("x-region", "eu-west-1", "x-tenant", "Blue_7", "other", "x"));

    assertThat(ResourceTemplate.parse(template).of(call)).contains(ResourceName.of(resource));
    assertThat(ResourceTemplate.parse(template).unusable(call)).isEmpty();
    assertThat(ResourceTemplate.parse(template)).hasToString(template);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "eu west",
        " eu",
        "eu ",
        "eu/west",
        "/eu",
        "eu/",
        "eu\\west",
        ".",
        "..",
        "../admin",
        "eu,us",
        "eu,",
        ",",
        "eu, eu",
        "*",
        "eu*",
        "eu%2Fwest",
        "%2e%2e",
        "eu\u0000",
        "eu\n",
        "eu\r\nx: y",
        "\u001b[2J",
        "eu\u00e9",
        "\uff0e\uff0e",
        "e\u0301u",
        "{header:x-region}",
        "eu?x",
        "eu#x",
        "eu:us",
        "eu;us",
        "\"eu\"",
      })
  void header_withAValueThatIsNoSegment_namesNoResource(String value) {
    CallFacts call = StatedFacts.headers(Map.of("x-region", value));

    assertThat(REGION.of(call)).isEmpty();
    assertThat(REGION.unusable(call)).containsExactly(HeaderName.parse("x-region"));
  }

  @Test
  void header_thatIsAbsentOrUnknown_namesNoResource() {
    assertThat(REGION.of(StatedFacts.headers(Map.of("x-tenant", "eu")))).isEmpty();
    assertThat(REGION.of(StatedFacts.headersUnknown())).isEmpty();
    assertThat(REGION.of(CallFacts.unknown())).isEmpty();
    assertThat(REGION.unusable(CallFacts.unknown())).hasSize(1);
    assertThat(ResourceTemplate.parse("orders").of(CallFacts.unknown()))
        .contains(ResourceName.of("orders"));
  }

  @Test
  void header_withAValueThatIsTooLong_namesNoResource() {
    assertThat(REGION.of(StatedFacts.headers(Map.of("x-region", "e".repeat(100))))).isPresent();
    assertThat(REGION.of(StatedFacts.headers(Map.of("x-region", "e".repeat(101))))).isEmpty();

    ResourceTemplate three = ResourceTemplate.parse("a/{header:x-region}/{header:x-tenant}");
    CallFacts longest =
        StatedFacts.headers(Map.of("x-region", "e".repeat(100), "x-tenant", "t".repeat(97)));
    CallFacts tooLong =
        StatedFacts.headers(Map.of("x-region", "e".repeat(100), "x-tenant", "t".repeat(98)));
    assertThat(three.of(longest).map(name -> name.value().length())).contains(200);
    assertThat(three.of(tooLong)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "orders, true",
    "orders/eu, true",
    "orders/{header:x-region}, false",
  })
  void template_withoutHeaders_isFixed(String template, boolean fixed) {
    assertThat(ResourceTemplate.parse(template).isFixed()).isEqualTo(fixed);
    assertThat(ResourceTemplate.parse(template).headers().isEmpty()).isEqualTo(fixed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/orders",
        "orders/",
        "orders//eu",
        "..",
        "orders/../eu",
        "orders/.",
        "orders/*",
        "*",
        "orders eu",
        "orders/\u00e9",
        "orders/\n",
        "orders/{x-region}",
        "orders/{header:}",
        "orders/{header:X-Region}",
        "orders/{header:x region}",
        "orders/{header:x-region",
        "orders/header:x-region}",
        "orders/x{header:x-region}",
        "orders/{header:x-region}x",
        "orders/{header:x-region}{header:x-tenant}",
        "orders/{header:{header:x}}",
        "orders/{header:a/b}",
        "orders/{claim:sub}",
        "orders/{HEADER:x}",
        "orders/{header:authorization}",
        "orders/{header:x-api-key}",
        "orders/{header:cookie}",
        "orders/{header:grpc-timeout}",
        "orders/{header:rolecall-grant-token}",
        "orders/{header:rolecall-grant}",
        "orders/{header:trace-bin}",
        "orders/{header::path}",
        "orders/{header:host}",
      })
  void template_thatIsNone_isRefused(String template) {
    assertThatThrownBy(() -> ResourceTemplate.parse(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" (expected: ");
  }

  @Test
  void template_thatIsTooLong_isRefused() {
    String longest = "a".repeat(100) + "/" + "b".repeat(99);

    assertThat(ResourceTemplate.parse(longest).of(CallFacts.unknown()))
        .contains(ResourceName.of(longest));
    assertThatThrownBy(() -> ResourceTemplate.parse(longest + "b"))
        .hasMessageContaining("(expected: at most 200 characters)");
    assertThatThrownBy(() -> ResourceTemplate.parse("a".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void templates_areEqualByTheirTexts() {
    assertThat(REGION)
        .isEqualTo(ResourceTemplate.parse("orders/{header:x-region}"))
        .hasSameHashCodeAs(ResourceTemplate.parse("orders/{header:x-region}"))
        .isNotEqualTo(ResourceTemplate.parse("orders/{header:x-tenant}"))
        .isNotEqualTo(ResourceTemplate.parse("orders"));
  }
}
