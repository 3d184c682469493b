package dev.rolecall.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The JSON Schemas of docs/schema as editors need them. */
class SchemaFilesTest {

  /** Java reads it, and JavaScript reads it no other way. */
  private static final String PLAIN_ESCAPES = "\\\\[*.{}]";

  private static final Pattern OTHERWISE_READ =
      Pattern.compile("\\(\\?(?![!])|[*+?}]\\+|\\\\|&&|\\[[^\\]]*\\[");

  static Stream<EditorSchema> schemas() {
    return Stream.of(EditorSchema.POLICY, EditorSchema.CASES);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void schema_isOfTheDraftThatEditorsKnow(EditorSchema schema) {
    assertThat(schema.text().path("$schema").asString())
        .isEqualTo("http://json-schema.org/draft-07/schema#");
    assertThat(EditorSchema.complaintsOfDraft7(schema.text())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void mappings_takeNoOtherKeys_andEachKeyIsDescribed(EditorSchema schema) {
    List<JsonNode> mappings = nodesWith(schema.text(), "properties");

    assertThat(mappings)
        .hasSizeGreaterThan(1)
        .allMatch(mapping -> !mapping.path("additionalProperties").asBoolean(true));
    for (JsonNode mapping : mappings) {
      for (JsonNode property : mapping.get("properties").values()) {
        assertThat(resolved(schema, property).path("description").asString())
            .as("the description of %s", property)
            .isNotEmpty();
      }
    }
  }

  private static JsonNode resolved(EditorSchema schema, JsonNode node) {
    return node.has("$ref") ? schema.text().at(node.get("$ref").asString().substring(1)) : node;
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void patterns_areReadAlikeByJavaAndJavaScript_andSayWhatIsExpected(EditorSchema schema) {
    assertThat(nodesWith(schema.text(), "pattern"))
        .hasSizeGreaterThan(2)
        .allSatisfy(
            node -> {
              assertThat(node.get("pattern").asString().replaceAll(PLAIN_ESCAPES, ""))
                  .startsWith("^")
                  .endsWith("$")
                  .doesNotContainPattern(OTHERWISE_READ);
              assertThat(node.path("patternErrorMessage").asString()).startsWith("expected: ");
            });
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void examples_matchTheirPattern(EditorSchema schema) {
    List<JsonNode> withExamples = nodesWith(schema.text(), "examples");

    assertThat(withExamples).isNotEmpty();
    for (JsonNode node : withExamples) {
      for (JsonNode example : node.get("examples").values()) {
        assertThat(example.asString()).matches(node.get("pattern").asString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void definitions_areAllUsed(EditorSchema schema) {
    Set<String> used =
        Set.copyOf(
            nodesWith(schema.text(), "$ref").stream()
                .map(node -> node.get("$ref").asString().replace("#/definitions/", ""))
                .toList());

    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(schema.text().get("definitions").propertyNames());
  }

  private static List<JsonNode> nodesWith(JsonNode node, String key) {
    List<JsonNode> found = new ArrayList<>();
    if (node.isObject() && node.has(key)) {
      found.add(node);
    }
    node.values().forEach(child -> found.addAll(nodesWith(child, key)));
    return found;
  }
}
