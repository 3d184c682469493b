package dev.rolecall.verifier.internal.answer;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.verifier.internal.sts.FakeSts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One shape is an answer; everything near it is not. */
@Tag("attack")
final class AnswerReaderTest {

  private static final String RESULT =
      "{\"Account\":\"111122223333\","
          + "\"Arn\":\"arn:aws:sts::111122223333:assumed-role/checkout/s1\","
          + "\"UserId\":\"AROAEXAMPLE000000001:s1\"}";
  private static final String GOOD =
      "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":" + RESULT + "}}";
  private static final StsIdentity CHECKOUT =
      new StsIdentity(
          "111122223333",
          "arn:aws:sts::111122223333:assumed-role/checkout/s1",
          "AROAEXAMPLE000000001:s1");

  @Test
  void read_theShape_isConfirmed() {
    assertThat(AnswerReader.read(FakeSts.json(200, GOOD)))
        .isEqualTo(new StsAnswer.Confirmed(CHECKOUT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"GetCallerIdentityResponse\":{\"ResponseMetadata\":{\"RequestId\":\"x\"},"
            + "\"GetCallerIdentityResult\":RESULT}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT,"
            + "\"ResponseMetadata\":{}}}",
        " \n{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT}}\n ",
      })
  void read_metadataSpaceAndOrder_areImmaterial(String body) {
    assertThat(AnswerReader.read(FakeSts.json(200, body.replace("RESULT", RESULT))))
        .isEqualTo(new StsAnswer.Confirmed(CHECKOUT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "[]",
        "null",
        "\"GetCallerIdentityResponse\"",
        "<GetCallerIdentityResponse/>",
        "<html></html>",
        "{\"GetCallerIdentityResponse\":{}}",
        "{\"GetCallerIdentityResponse\":null}",
        "{\"GetCallerIdentityResponse\":RESULT}",
        "{\"GetCallerIdentityResult\":RESULT}",
        "RESULT",
        // Cut short, and gone on with.
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT}}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT}}x",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT}}{}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT}} null",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT,}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT}/**/}",
        // Two of what there must be one of.
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT,"
            + "\"GetCallerIdentityResult\":RESULT}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":[RESULT]}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":[RESULT,RESULT]}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT},"
            + "\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":\"1\","
            + "\"Account\":\"111122223333\",\"Arn\":\"a\",\"UserId\":\"u\"}}}",
        // Other keys, and other spellings of the right ones.
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT},\"More\":\"x\"}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT,\"More\":\"x\"}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT,"
            + "\"ResponseMetadata\":{\"RequestId\":\"x\",\"More\":\"x\"}}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":RESULT,"
            + "\"ResponseMetadata\":\"x\"}}",
        "{\"getcalleridentityresponse\":{\"getcalleridentityresult\":RESULT}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"account\":\"111122223333\","
            + "\"arn\":\"a\",\"userid\":\"u\"}}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":\"1\","
            + "\"Arn\":\"a\",\"UserId\":\"u\",\"ARN\":\"b\"}}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":\"1\","
            + "\"Arn\":\"a\"}}}",
        // Values that are none.
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":111122223333,"
            + "\"Arn\":\"a\",\"UserId\":\"u\"}}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":null,"
            + "\"Arn\":\"a\",\"UserId\":\"u\"}}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":\"1\","
            + "\"Arn\":\"\",\"UserId\":\"u\"}}}",
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":\"1\","
            + "\"Arn\":\"a\",\"UserId\":[]}}}",
        // The right thing in the wrong place: CVE-2020-16250.
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":"
            + "{\"GetCallerIdentityResult\":RESULT}}}",
        "{\"AssumeRoleWithWebIdentityResponse\":{\"AssumeRoleWithWebIdentityResult\":"
            + "{\"SubjectFromWebIdentityToken\":{\"GetCallerIdentityResponse\":"
            + "{\"GetCallerIdentityResult\":RESULT}}}}}",
        "{\"Error\":{\"Code\":\"SignatureDoesNotMatch\"},\"GetCallerIdentityResponse\":"
            + "{\"GetCallerIdentityResult\":RESULT}}",
        "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":1}}}}}}",
      })
  void read_anythingElse_isInvalid(String body) {
    assertThat(AnswerReader.read(FakeSts.json(200, body.replace("RESULT", RESULT))))
        .isEqualTo(new StsAnswer.Invalid());
  }

  static Stream<Arguments> spoiltFields() {
    return Stream.of("Account", "Arn", "UserId")
        .flatMap(
            field ->
                Stream.of(
                        "null",
                        "\"\"",
                        "1",
                        "true",
                        "[]",
                        "{}",
                        "[\"x\"]",
                        "{\"" + field + "\":\"x\"}")
                    .map(value -> Arguments.of(field, value)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("spoiltFields")
  void read_fieldThatIsNoText_isInvalid(String field, String value) {
    String spoilt = GOOD.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":" + value);

    assertThat(spoilt).isNotEqualTo(GOOD);
    assertThat(AnswerReader.read(FakeSts.json(200, spoilt))).isEqualTo(new StsAnswer.Invalid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Account", "Arn", "UserId"})
  void read_fieldMissingTwiceOrOfAnotherCase_isInvalid(String field) {
    String named = "\"" + field + "\":\"";
    for (String spoilt :
        List.of(
            GOOD.replaceFirst(",?" + named + "[^\"]*\"", ""),
            GOOD.replace(named, "\"" + field + "\":\"x\"," + named),
            GOOD.replace(named, "\"" + field.toLowerCase(Locale.ROOT) + "\":\"x\"," + named),
            GOOD.replace(named, "\"" + field.toUpperCase(Locale.ROOT) + "\":\""),
            GOOD.replace(named, "\"" + field + " \":\""),
            GOOD.replace(named, "\"\\u0000" + field + "\":\""))) {
      assertThat(AnswerReader.read(FakeSts.json(200, spoilt)))
          .as(spoilt)
          .isEqualTo(new StsAnswer.Invalid());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8"
      })
  void read_jsonType_isConfirmed(String contentType) {
    assertThat(AnswerReader.read(response(List.of(contentType))).code()).isEqualTo(StsCode.OK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/xml",
        "text/html",
        "text/plain",
        "",
        "application/jsonp",
        "application/x-json",
        "application/json, text/xml",
        "application/json; charset=utf-16",
        "text/html; x=application/json"
      })
  void read_anotherType_isInvalid(String contentType) {
    assertThat(AnswerReader.read(response(List.of(contentType))))
        .isEqualTo(new StsAnswer.Invalid());
  }

  @Test
  void read_noTypeOrTwo_isInvalid() {
    assertThat(AnswerReader.read(response(List.of()))).isEqualTo(new StsAnswer.Invalid());
    assertThat(AnswerReader.read(response(List.of("application/json", "application/json"))))
        .isEqualTo(new StsAnswer.Invalid());
  }

  private static StsResponse response(List<String> contentTypes) {
    return new StsResponse(200, contentTypes, GOOD.getBytes(UTF_8));
  }

  @Test
  void read_otherEncodingThanUtf8_isInvalid() {
    byte[] utf16 = GOOD.getBytes(UTF_16);
    byte[] broken = GOOD.replace("checkout", "check\u00e9ut").getBytes(UTF_8);
    broken[GOOD.indexOf("check") + 5] = (byte) 0xff;
    for (byte[] body : List.of(utf16, broken)) {
      assertThat(AnswerReader.read(new StsResponse(200, List.of("application/json"), body)))
          .isEqualTo(new StsAnswer.Invalid());
    }
  }

  @Test
  void requestId_ofTheUsualForm_isGivenAndNothingElseIs() {
    assertThat(AnswerReader.requestId(FakeSts.checkout()))
        .contains("01234567-89ab-cdef-0123-456789abcdef");
    assertThat(AnswerReader.requestId(FakeSts.error(403, "ExpiredToken")))
        .contains("01234567-89ab-cdef-0123-456789abcdef");
    assertThat(AnswerReader.requestId(FakeSts.json(403, "{\"RequestId\":\"forged\\nline\"}")))
        .isEmpty();
    assertThat(AnswerReader.requestId(FakeSts.json(403, "not json"))).isEmpty();
  }

  @Test
  void toString_ofWhatHoldsABody_masksIt() {
    assertThat(FakeSts.checkout().toString()).isEqualTo("StsResponse[200, ****]");
    assertThat(AnswerJson.read(GOOD.getBytes(UTF_8)).orElseThrow().toString())
        .isEqualTo("AnswerJson[****]");
  }
}
