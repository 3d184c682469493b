package dev.rolecall.cli.call;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.rolecall.cli.echo.EchoOuterClass;
import dev.rolecall.cli.failure.CommandFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonCallTest {

  private static final MethodDescriptor SAY =
      EchoOuterClass.getDescriptor().findServiceByName("Echo").findMethodByName("Say");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"hi\"",
        "{\"text\":\"hi",
        "{\"text\":\"h\\q\"}",
        "{\"text\"",
        "{\"text\":}",
        "{text:",
        "{'",
        "}",
        "[]",
        "7",
        "-",
        "null",
        "\"hi\"",
        "{\"text\":7, \"text\":8}",
        "{\"text\":{}}",
        "{\"text\":[1]}",
        "{\"text\":NaN}",
        "{\"text\":\"hi\"} {}",
        "{\"nothing\":7}",
      })
  void request_thatIsNone_isToldWithoutAClassOfJava(String json) {
    assertThatThrownBy(
            () -> {
              new JsonCall(SAY, json);
              throw new CommandFailure("the request is no: taken as it is");
            })
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("the request is no")
        .message()
        .doesNotContainPattern("Exception|Error|JsonReader|(java|com)\\.");
  }
}
