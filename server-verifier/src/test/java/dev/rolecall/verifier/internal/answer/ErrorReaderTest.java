package dev.rolecall.verifier.internal.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.verifier.internal.sts.FakeSts;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error of STS in every spelling, and pages of others that have none. */
@Tag("attack")
final class ErrorReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Error\":{\"Code\":\"ExpiredToken\",\"Message\":\"m\",\"Type\":\"Sender\"},"
            + "\"RequestId\":\"r\"}",
        "{\"__type\":\"ExpiredToken\",\"message\":\"m\"}",
        "{\"__type\":\"com.amazonaws.sts#ExpiredToken\"}",
        "{\"__type\":\"com.amazon.coral.service#ExpiredToken:http://internal.amazon.com/coral/\"}",
        "{\"__type\":\"ExpiredToken:http://internal.amazon.com/coral/com.amazon.coral.service/\"}",
        "{\"code\":\"ExpiredToken\",\"message\":null}",
        "{\"Code\":\"aws.protocoltests.restjson#ExpiredToken\"}",
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
            + "<Type>Sender</Type><Code>ExpiredToken</Code><Message>a &lt; b</Message></Error>"
            + "<RequestId>r</RequestId></ErrorResponse>\n",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ErrorResponse>\n  <Error>\n"
            + "    <Code>\n      ExpiredToken\n    </Code>\n  </Error>\n</ErrorResponse>",
        "<Response><Errors><Error><Code>ExpiredToken</Code></Error></Errors></Response>",
        "<ErrorResponse><Error><Code><![CDATA[ExpiredToken]]></Code></Error></ErrorResponse>",
      })
  void read_errorOfAws_isRefusedByItsBareCode(String body) {
    for (String type : List.of("application/json", "text/xml", "application/x-amz-json-1.1")) {
      StsAnswer answer =
          AnswerReader.read(new StsResponse(403, List.of(type), body.getBytes(UTF_8)));

      assertThat(answer).isEqualTo(new StsAnswer.Refused(StsCode.ofError("ExpiredToken")));
      assertThat(answer.code().text()).isEqualTo("ExpiredToken");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Forbidden",
        "<html><body><h1>Access denied</h1></body></html>",
        "<!DOCTYPE html><html><Error><Code>AccessDenied</Code></Error></html>",
        "<html><Error><Code>AccessDenied</Code></Error></html>",
        "<!DOCTYPE ErrorResponse [<!ENTITY e \"AccessDenied\">]><ErrorResponse><Error><Code>&e;</Code></Error></ErrorResponse>",
        "<ErrorResponse><Error><Code>AccessDenied</Code><Code>Throttling</Code></Error></ErrorResponse>",
        "<ErrorResponse><Error><Code>AccessDenied</Code></Error>",
        // S3's form, which is how moto takes a signed URL.
        "<Error><Code>AccessDenied</Code><Message/></Error>",
        "<ErrorResponse><Error><Code></Code></Error></ErrorResponse>",
        "<ErrorResponse><Error><Code>Access denied by policy</Code></Error></ErrorResponse>",
        "<ErrorResponse><Error><Code><b>AccessDenied</b></Code></Error></ErrorResponse>",
        "{\"message\":\"Forbidden\"}",
        "{\"code\":403,\"message\":\"Forbidden\"}",
        "{\"error\":{\"code\":\"AccessDenied\"}}",
        "{\"Error\":{\"Code\":7}}",
        "{\"Error\":\"AccessDenied\",\"code\":\"AccessDenied\"}",
        "{\"Error\":{\"Code\":\"Access\\u001b[31mDenied\"}}",
        "{\"__type\":\"#\"}",
        "{\"__type\":\":AccessDenied\"}",
      })
  void read_pageOfSomethingInBetween_isNoAnswer(String body) {
    assertThat(
            AnswerReader.read(
                new StsResponse(403, List.of("application/json"), body.getBytes(UTF_8))))
        .isEqualTo(new StsAnswer.Invalid());
  }

  @Test
  void text_ofACodeThatTheTableLacks_isTheCodeAndTheLabelIsNot() {
    StsCode code = AnswerReader.read(FakeSts.error(400, "com.amazonaws#NewCode:http://x")).code();

    assertThat(code.text()).isEqualTo("NewCode");
    assertThat(code.label()).isEqualTo("unknown");
  }

  @Test
  void code_longerThan64Characters_isNone() {
    String longest = "A".repeat(64);

    assertThat(AnswerReader.read(FakeSts.error(400, longest)).code().text()).isEqualTo(longest);
    assertThat(AnswerReader.read(FakeSts.error(400, longest + "A")))
        .isEqualTo(new StsAnswer.Invalid());
  }
}
