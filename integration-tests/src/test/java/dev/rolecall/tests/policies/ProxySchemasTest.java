package dev.rolecall.tests.policies;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** The JSON Schemas of configurations of proxies, as editors apply them. */
class ProxySchemasTest {

  /**
   * A configuration in the checkout, where the checkout has it.
   *
   * @param key the key of the ConfigMap that it is in; empty for a file of its own
   */
  private record Sample(String file, String key, EditorSchema schema) {

    String text() {
      String text = Checkout.text(file);
      if (key.isEmpty()) {
        return text;
      }
      Map<?, ?> map = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
      return String.valueOf(((Map<?, ?>) requireNonNull(map.get("data"))).get(key));
    }
  }

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample("deploy/relay/relay.yaml", "", EditorSchema.RELAY),
          new Sample("deploy/relay/config.yaml", "relay.yaml", EditorSchema.RELAY),
          new Sample("deploy/envoy/checker.yaml", "", EditorSchema.CHECKER));

  private static final String RELAY =
      """
      port: 8443
      http_port: 0
      plaintext: true
      drain: 20s
      audiences:
        orders: {policy: [orders.yaml, shared.yaml], policy_period: 5s}
      routes:
        main: {audience: orders, upstream: "127.0.0.1:50052", txn_per_call: true}
      """;

  static Stream<EditorSchema> schemas() {
    return Stream.of(EditorSchema.RELAY, EditorSchema.CHECKER);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void schema_isOfTheDraftThatEditorsKnow(EditorSchema schema) {
    assertThat(EditorSchema.complaintsOfDraft7(schema.text())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void keys_areDescribed_andNoOthersAreTaken(EditorSchema schema) {
    JsonNode root = schema.text();

    Stream.concat(Stream.of(root), root.get("definitions").values().stream())
        .forEach(
            mapping -> {
              assertThat(mapping.path("additionalProperties").asBoolean(true)).isFalse();
              assertThat(mapping.get("properties").values())
                  .isNotEmpty()
                  .allSatisfy(key -> assertThat(key.path("description").asString()).isNotEmpty());
            });
  }

  @Test
  void configuration_thatIsGood_hasNoComplaint() {
    assertThat(EditorSchema.RELAY.complaints(RELAY)).isEmpty();
    assertThat(EditorSchema.CHECKER.complaints("audiences: {orders: {policy: orders.yaml}}"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port: 8443 -> port: http",
        "plaintext: true -> plaintext: maybe",
        "drain: 20s -> drane: 20s",
        "policy_period -> policy-period",
        "policy: [orders.yaml, shared.yaml], -> ",
        "audience: orders, -> ",
        "routes: -> ways:"
      })
  void configuration_thatIsWrong_hasAComplaint(String change) {
    String[] fromAndTo = change.split(" -> ", -1);
    assertThat(RELAY).contains(fromAndTo[0]);

    assertThat(EditorSchema.RELAY.complaints(RELAY.replace(fromAndTo[0], fromAndTo[1])))
        .isNotEmpty();
  }

  @Test
  void samples_haveNoComplaint() {
    assertThat(SAMPLES.stream().filter(sample -> Checkout.has(sample.file())))
        .allSatisfy(
            sample ->
                assertThat(sample.schema().complaints(sample.text())).as(sample.file()).isEmpty());
  }
}
