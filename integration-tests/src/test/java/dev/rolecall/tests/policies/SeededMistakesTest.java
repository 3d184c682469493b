package dev.rolecall.tests.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.rolecall.cli.Rolecall;
import dev.rolecall.tests.docs.orders.OrdersOuterClass;
import io.grpc.health.v1.HealthProto;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Mistakes that people make, as {@code rolecall policy check} and the schema find them. */
class SeededMistakesTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir static Path folder;

  static List<SeededMistake> mistakes() {
    return SeededMistake.all();
  }

  @BeforeAll
  static void writeDescriptors() throws IOException {
    FileDescriptorSet methods =
        FileDescriptorSet.newBuilder()
            .addFile(OrdersOuterClass.getDescriptor().toProto())
            .addFile(HealthProto.getDescriptor().toProto())
            .build();
    Files.write(folder.resolve("methods.pb"), methods.toByteArray());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void check_mistake_namesItsPlaceAndWhatIsRight(SeededMistake mistake) {
    List<JsonNode> found = checked(mistake.file());

    assertThat(found)
        .anySatisfy(
            each -> {
              assertThat(each.get("file").asString()).isEqualTo(mistake.file().toString());
              assertThat(each.get("line").asInt()).isEqualTo(mistake.line());
              assertThat(each.get("column").asInt()).isEqualTo(mistake.column());
              assertThat(each.get("code").asString()).matches("[a-z]+(-[a-z]+)*");
              assertThat(each.get("message").asString()).contains(mistake.right());
            });
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void schema_mistake_isFoundWhereASchemaCan(SeededMistake mistake) {
    assertThat(EditorSchema.POLICY.complaints(mistake.text()).isEmpty())
        .isEqualTo(!mistake.bySchema());
  }

  @Test
  void mistakes_areAtLeastSixty() {
    assertThat(mistakes()).hasSizeGreaterThanOrEqualTo(60);
  }

  private static List<JsonNode> checked(Path policy) {
    StringWriter out = new StringWriter();
    int status =
        Rolecall.commandLine()
            .setOut(new PrintWriter(out))
            .execute(
                "policy",
                "check",
                "--json",
                "--descriptor-set",
                folder.resolve("methods.pb").toString(),
                policy.toString());
    List<JsonNode> found = List.copyOf(JSON.readTree(out.toString()).values());
    boolean anyError =
        found.stream().anyMatch(each -> each.get("severity").asString().equals("error"));
    assertThat(status).as("exit status").isEqualTo(anyError ? 1 : 0);
    return found;
  }
}
