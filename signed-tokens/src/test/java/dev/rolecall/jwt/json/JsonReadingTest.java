package dev.rolecall.jwt.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of the reader of JSON, to both sides; what is no JSON is in the table of tokens. */
@Tag("attack")
class JsonReadingTest {

  private static final JsonLimits LIMITS = new JsonLimits(100, 3, 4, 5);

  private static String read(String json) {
    return JsonReading.of(json.getBytes(UTF_8), LIMITS)
        .fold(object -> new String(object.toJson(), UTF_8), JsonFlaw::name);
  }

  @Test
  void read_eachKindOfValue_isThatValue() {
    JsonLimits limits = new JsonLimits(1_000, 8, 50, 20);
    String json =
        "{ \"t\" : \"\\u00e4\\ud83d\\ude80\", \"w\":-12, \"f\":1.50, \"e\":1e9, \"b\":true,"
            + "\"n\":null, \"l\":[1,[2]], \"o\":{\"\":false}, \"big\":99999999999999999999 }";
    Map<String, JsonValue> values =
        JsonReading.of(json.getBytes(UTF_8), limits)
            .fold(JsonValue.Members::values, flaw -> Map.of());

    assertThat(values)
        .isEqualTo(
            Map.of(
                "t", new JsonValue.Text("\u00e4\ud83d\ude80"),
                "w", new JsonValue.Whole(-12),
                "f", new JsonValue.Fraction("1.50"),
                "e", new JsonValue.Fraction("1e9"),
                "b", new JsonValue.Truth(true),
                "n", new JsonValue.Nothing(),
                "l",
                    new JsonValue.Items(
                        List.of(
                            new JsonValue.Whole(1),
                            new JsonValue.Items(List.of(new JsonValue.Whole(2))))),
                "o", new JsonValue.Members(Map.of("", new JsonValue.Truth(false))),
                "big", new JsonValue.Fraction("99999999999999999999")));
    assertThat(values.keySet()).containsExactly("t", "w", "f", "e", "b", "n", "l", "o", "big");
  }

  @Test
  void read_longs_areWholeToTheLast() {
    JsonValue.Members object =
        JsonReading.of(
                "{\"a\":9223372036854775807,\"b\":-9223372036854775808,\"c\":9223372036854775808}"
                    .getBytes(UTF_8),
                new JsonLimits(100, 1, 3, 20))
            .fold(members -> members, flaw -> new JsonValue.Members(Map.of()));

    assertThat(object.whole("a")).hasValue(Long.MAX_VALUE);
    assertThat(object.whole("b")).hasValue(Long.MIN_VALUE);
    assertThat(object.whole("c")).isEmpty();
    assertThat(object.get("c")).hasValue(new JsonValue.Fraction("9223372036854775808"));
  }

  @Test
  void read_atTheLimits_isRead() {
    for (String json :
        List.of(
            "{}",
            "{\"a\":{\"b\":{}}}",
            "{\"a\":[[]]}",
            "{\"a\":1,\"b\":2,\"c\":3,\"d\":4}",
            "{\"a\":{\"b\":1},\"c\":{\"d\":1}}",
            "{\"a\":12345}",
            "{\"a\":-1.23}",
            "{\"a\":\"" + "x".repeat(92) + "\"}")) {
      assertThat(read(json)).isEqualTo(json);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"b\":{\"c\":{}}}}; TOO_DEEP",
        "{\"a\":[[[]]]}; TOO_DEEP",
        "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5}; TOO_MANY_MEMBERS",
        "{\"a\":{\"b\":1},\"c\":{\"d\":{},\"e\":1}}; TOO_MANY_MEMBERS",
        "{\"a\":123456}; NUMBER_TOO_LONG",
        "{\"a\":-12345}; NUMBER_TOO_LONG",
        "{\"a\":1.2345}; NUMBER_TOO_LONG",
        "{\"a\":1,\"a\":1}; DUPLICATE_NAME",
        "{\"\":1,\"\":1}; DUPLICATE_NAME",
        "{\"a\":\"\\ud800\\ud800\"}; LONE_SURROGATE",
        "{\"a\":\"\\udc00\\ud800\"}; LONE_SURROGATE",
        "{\"a\":\"\\ud83dx\"}; LONE_SURROGATE"
      },
      delimiter = ';')
  void read_beyondALimit_isMalformed(String json, JsonFlaw flaw) {
    assertThat(read(json)).isEqualTo(flaw.name());
  }

  @Test
  void read_longerByOne_isTooLong() {
    assertThat(read("{\"a\":\"" + "x".repeat(93) + "\"}")).isEqualTo(JsonFlaw.TOO_LONG.name());
  }

  /** Ten thousand brackets are refused at the fourth, and no stack overflows. */
  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void read_bracketsAlone_areTooDeep(String bracket) {
    JsonLimits limits = new JsonLimits(1_000_000, 32, 10_000, 20);
    String json = "{\"a\":" + bracket.repeat(10_000);

    assertThat(JsonReading.of(json.getBytes(UTF_8), limits).fold(o -> "read", JsonFlaw::name))
        .isEqualTo(JsonFlaw.TOO_DEEP.name());
  }

  @Test
  void fraction_thatIsNoNumber_isRefused() {
    for (String literal : List.of("", "1,\"admin\":true", "NaN", " 1", "1".repeat(1_001))) {
      assertThatThrownBy(() -> new JsonValue.Fraction(literal))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a number (expected: as JSON writes it)");
    }
  }

  @Test
  void builder_nameTwice_isRefused() {
    ObjectBuilder builder = new ObjectBuilder().put("a", 1);

    assertThatThrownBy(() -> builder.put("a", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a name stands twice (expected: each name once)");
    assertThat(builder.build())
        .isEqualTo(new JsonValue.Members(Map.of("a", new JsonValue.Whole(1))));
  }

  @Test
  void fold_eachArm_isItsCase() {
    JsonValue.Cases<String> cases =
        new JsonValue.Cases<>() {
          @Override
          public String text(String value) {
            return value;
          }

          @Override
          public String whole(long value) {
            return "whole " + value;
          }

          @Override
          public String fraction(String literal) {
            return "fraction " + literal;
          }

          @Override
          public String truth(boolean value) {
            return "truth " + value;
          }

          @Override
          public String nothing() {
            return "nothing";
          }

          @Override
          public String items(List<JsonValue> values) {
            return "items " + values.size();
          }

          @Override
          public String members(JsonValue.Members members) {
            return "members " + members.values().size();
          }
        };

    assertThat(
            List.of(
                new JsonValue.Text("a").fold(cases),
                new JsonValue.Whole(1).fold(cases),
                new JsonValue.Fraction("1.0").fold(cases),
                new JsonValue.Truth(true).fold(cases),
                new JsonValue.Nothing().fold(cases),
                new JsonValue.Items(List.of()).fold(cases),
                new JsonValue.Members(Map.of()).fold(cases)))
        .containsExactly(
            "a", "whole 1", "fraction 1.0", "truth true", "nothing", "items 0", "members 0");
  }
}
