package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerIdentityTest extends EmulatorTest {

  private static final String ARN = "arn:aws:sts::111122223333:assumed-role/checkout/i-0abc";

  @Test
  void getCallerIdentity_presigned_isAnsweredInXml() throws Exception {
    HttpResponse<String> answer = get(signer().presign());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/xml");
    assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(answer.body())
        .startsWith(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<GetCallerIdentityResult><Arn>"
                + ARN
                + "</Arn><UserId>"
                + emulator.uniqueId(CHECKOUT)
                + ":i-0abc</UserId><Account>111122223333</Account></GetCallerIdentityResult>"
                + "<ResponseMetadata><RequestId>");
  }

  @Test
  void getCallerIdentity_acceptingJson_isAnsweredInJson() throws Exception {
    HttpResponse<String> answer = getJson(signer().presign());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .matches(
            "\\{\"GetCallerIdentityResponse\":\\{\"GetCallerIdentityResult\":\\{\"Arn\":\""
                + ARN
                + "\",\"UserId\":\"AROA[A-Z2-7]{17}:i-0abc\",\"Account\":\"111122223333\"\\},"
                + "\"ResponseMetadata\":\\{\"RequestId\":\"[0-9a-f-]{36}\"\\}\\}\\}");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json,application/json",
    "APPLICATION/JSON;q=1,application/json",
    "'text/html, application/json',application/json",
    "*/*,text/xml",
    "application/jsonp,text/xml",
    "text/xml,text/xml",
  })
  void getCallerIdentity_accepting_isAnsweredIn(String accept, String contentType)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(signer().presign()).header("Accept", accept).build();
    assertThat(send(request).headers().firstValue("Content-Type")).contains(contentType);
  }

  @Test
  void getCallerIdentity_signedInTheHeader_isAnswered() throws Exception {
    assertThat(field(send(signer().signedGet()), "Arn")).isEqualTo(ARN);
    assertThat(field(send(signer().signedPost()), "Arn")).isEqualTo(ARN);
  }

  @Test
  void getCallerIdentity_withMoreSignedHeaders_isAnswered() throws Exception {
    HttpRequest request =
        signer().header("x-rolecall-audience", "orders").header("x-k8s-aws-id", "c").get();
    assertThat(field(send(request), "Arn")).isEqualTo(ARN);
  }

  @Test
  void getCallerIdentity_twice_isAnsweredTwice() throws Exception {
    URI presigned = signer().presign();
    assertThat(get(presigned).statusCode()).isEqualTo(200);
    assertThat(get(presigned).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "60", "900", "604800", "0", "-1", "x"})
  void getCallerIdentity_whateverExpires_isAnsweredForFifteenMinutes(String expires)
      throws Exception {
    URI presigned = signer().parameter("X-Amz-Expires", expires).presign();
    clock.advance(Duration.ofMinutes(15));
    assertThat(get(presigned).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertThat(get(presigned).statusCode()).isEqualTo(403);
  }

  @Test
  void getCallerIdentity_byTwoRoles_tellsThemApart() throws Exception {
    EmulatedCredentials billing =
        emulator.add(
            EmulatedPrincipal.builder("arn:aws:iam::444455556666:role/team/billing")
                .sessionName("job-1")
                .uniqueId("AROAEXAMPLE0000000001")
                .build());
    assertThat(field(get(signer(billing).presign()), "Arn"))
        .isEqualTo("arn:aws:sts::444455556666:assumed-role/billing/job-1")
        .isEqualTo(billing.callerArn());
    assertThat(field(get(signer(billing).presign()), "UserId"))
        .isEqualTo("AROAEXAMPLE0000000001:job-1");
    assertThat(field(get(signer().presign()), "Arn")).isEqualTo(ARN);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:user/path/alice,AIDA[A-Z2-7]{17}",
    "arn:aws:iam::111122223333:user/assumed-role/checkout/alice,AIDA[A-Z2-7]{17}",
    "arn:aws:iam::111122223333:root,111122223333",
    "arn:aws:sts::111122223333:federated-user/bob,111122223333:bob",
    "arn:aws-cn:iam::111122223333:user/carol,AIDA[A-Z2-7]{17}",
    "arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/i-0123456789abcdef0,"
        + "111122223333:aws:ec2-instance:i-0123456789abcdef0",
  })
  void getCallerIdentity_byWhoIsNoRole_keepsTheArn(String arn, String userId) throws Exception {
    EmulatedCredentials credentials = emulator.add(EmulatedPrincipal.of(arn));
    HttpResponse<String> answer = get(signer(credentials).presign());
    assertThat(field(answer, "Arn")).isEqualTo(arn);
    assertThat(field(answer, "UserId")).matches(userId).isEqualTo(credentials.userId());
    assertThat(field(answer, "Account")).isEqualTo("111122223333");
  }

  @Test
  void getCallerIdentity_ofAGivenUserId_isAnsweredWithIt() throws Exception {
    EmulatedCredentials root =
        emulator.add(
            EmulatedPrincipal.builder("arn:aws:iam::111122223333:root")
                .userId("AKIAIOSFODNN7EXAMPLE")
                .build());
    assertThat(field(get(signer(root).presign()), "UserId")).isEqualTo("AKIAIOSFODNN7EXAMPLE");
  }

  @Test
  void getCallerIdentity_ofASessionOfOneLetter_isAnswered() throws Exception {
    EmulatedCredentials function =
        emulator.add(EmulatedPrincipal.builder(CHECKOUT).sessionName("f").build());
    assertThat(field(get(signer(function).presign()), "Arn")).endsWith(":assumed-role/checkout/f");
  }

  @Test
  void getCallerIdentity_ofGivenCredentials_isAnswered() throws Exception {
    EmulatedCredentials given =
        emulator.add(
            EmulatedPrincipal.builder(CHECKOUT)
                .accessKeyId("ASIAEXAMPLE0000000001")
                .secretAccessKey("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
                .sessionToken("FwoGZXIvYXdzEXAMPLE+token/with=chars==")
                .build());
    assertThat(given.accessKeyId()).isEqualTo("ASIAEXAMPLE0000000001");
    assertThat(get(signer(given).presign()).statusCode()).isEqualTo(200);
    assertThat(send(signer(given).signedPost()).statusCode()).isEqualTo(200);
  }

  @Test
  void remove_andAddAgain_isAStranger() throws Exception {
    String before = emulator.uniqueId(CHECKOUT);
    assertThat(emulator.remove(CHECKOUT)).isTrue();
    assertThat(emulator.remove(CHECKOUT)).isFalse();
    assertThat(field(get(signer().presign()), "Code")).isEqualTo("InvalidClientTokenId");
    emulator.addRole(CHECKOUT);
    assertThat(emulator.uniqueId(CHECKOUT)).isNotEqualTo(before);
    assertThat(field(get(signer().presign()), "Code")).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void getCallerIdentity_postedWithSignatureInTheQuery_coversTheBody() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(signer().presign())
            .POST(BodyPublishers.ofString("Action=AssumeRole"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .build();
    assertThat(send(post).statusCode()).isEqualTo(400);
    HttpRequest other =
        HttpRequest.newBuilder(signer().presign()).POST(BodyPublishers.ofString("x")).build();
    assertThat(field(send(other), "Code")).isEqualTo("SignatureDoesNotMatch");
  }
}
