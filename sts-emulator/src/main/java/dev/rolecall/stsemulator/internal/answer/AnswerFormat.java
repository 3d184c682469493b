package dev.rolecall.stsemulator.internal.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.stsemulator.internal.answer.AnswerField.Group;
import dev.rolecall.stsemulator.internal.sigv4.RawRequest;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.util.Arrays;

/** The two formats of STS's answers. */
public enum AnswerFormat {
  /** The query protocol's format. */
  XML("text/xml"),
  /** The format that {@code Accept} may ask for. */
  JSON("application/json");

  private final String contentType;

  AnswerFormat(String contentType) {
    this.contentType = contentType;
  }

  /** JSON if {@code Accept} names it; XML for everything else, and for nothing. */
  public static AnswerFormat wantedBy(RawRequest request) {
    boolean json =
        request.header("accept").stream()
            .flatMap(accept -> Arrays.stream(accept.split(",")))
            .map(range -> range.split(";", 2)[0].strip())
            .anyMatch(JSON.contentType::equalsIgnoreCase);
    return json ? JSON : XML;
  }

  /** The answer to a request that STS carried out. */
  public Answer result(StsAction action, Group result, String requestId) {
    Group document =
        AnswerField.group(
            action.wireName() + "Response",
            result,
            AnswerField.group("ResponseMetadata", AnswerField.text("RequestId", requestId)));
    return answer(
        200, this == JSON ? JsonAnswer.write(document) : XmlAnswer.write(document), requestId);
  }

  /** The answer to a request that STS refused. */
  public Answer error(StsErrorCode code, String message, String requestId) {
    AnswerField type = AnswerField.text("Type", code.status() < 500 ? "Sender" : "Receiver");
    AnswerField name = AnswerField.text("Code", code.wireName());
    AnswerField text = AnswerField.text("Message", message);
    Group document =
        AnswerField.group(
            "ErrorResponse",
            AnswerField.group("Error", type, name, text),
            AnswerField.text("RequestId", requestId));
    return answer(
        code.status(),
        this == JSON ? JsonAnswer.writeFields(document) : XmlAnswer.write(document),
        requestId);
  }

  private Answer answer(int status, String body, String requestId) {
    return new Answer(status, contentType, body.getBytes(UTF_8))
        .withHeader("x-amzn-RequestId", requestId);
  }
}
