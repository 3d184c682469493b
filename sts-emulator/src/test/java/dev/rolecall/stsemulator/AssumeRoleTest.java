package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssumeRoleTest extends EmulatorTest {

  private static final String BILLING = "arn:aws:iam::444455556666:role/team/billing";
  private static final String ALICE = "arn:aws:iam::111122223333:user/alice";

  private final EmulatedCredentials alice = emulator.add(EmulatedPrincipal.of(ALICE));

  private TestSigner assumeRole(EmulatedCredentials by, String role, String session) {
    return signer(by)
        .action("AssumeRole")
        .parameter("RoleArn", role)
        .parameter("RoleSessionName", session);
  }

  private static EmulatedCredentials issued(HttpResponse<String> answer, EmulatedCredentials as) {
    return new EmulatedCredentials(
        as.identity(),
        field(answer, "AccessKeyId"),
        field(answer, "SecretAccessKey"),
        Optional.of(field(answer, "SessionToken")),
        Optional.of(Instant.parse(field(answer, "Expiration"))));
  }

  @Test
  void assumeRole_ofAKnownRole_givesCredentialsThatWork() throws Exception {
    emulator.addRole(BILLING);
    HttpResponse<String> answer = get(assumeRole(checkout, BILLING, "job-1").presign());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("<AssumeRoleResponse xmlns=");
    assertThat(field(answer, "AssumedRoleId")).isEqualTo(emulator.uniqueId(BILLING) + ":job-1");
    assertThat(field(answer, "Expiration")).isEqualTo("2026-03-01T13:00:00Z");

    HttpResponse<String> caller = get(signer(issued(answer, checkout)).presign());
    assertThat(field(caller, "Arn"))
        .isEqualTo("arn:aws:sts::444455556666:assumed-role/billing/job-1")
        .isEqualTo(field(answer, "Arn"));
  }

  @Test
  void assumeRole_inAChain_works() throws Exception {
    emulator.addRole(BILLING);
    HttpResponse<String> first = get(assumeRole(alice, CHECKOUT, "one").presign());
    HttpResponse<String> second =
        send(assumeRole(issued(first, checkout), BILLING, "two").signedPost());
    HttpResponse<String> caller = send(signer(issued(second, checkout)).signedGet());
    assertThat(field(caller, "Arn")).endsWith(":assumed-role/billing/two");
  }

  @Test
  void assumeRole_whenTheSessionEnds_isExpiredToken() throws Exception {
    HttpResponse<String> answer =
        get(assumeRole(alice, CHECKOUT, "s1").parameter("DurationSeconds", "900").presign());
    EmulatedCredentials session = issued(answer, checkout);
    clock.advance(Duration.ofSeconds(899));
    assertThat(get(signer(session).presign()).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertThat(field(get(signer(session).presign()), "Code")).isEqualTo("ExpiredToken");
  }

  @Test
  void assumeRole_acceptingJson_tellsTheEndInSeconds() throws Exception {
    HttpResponse<String> answer = getJson(assumeRole(alice, CHECKOUT, "s1").presign());
    assertThat(answer.body())
        .startsWith("{\"AssumeRoleResponse\":{\"AssumeRoleResult\":{\"AssumedRoleUser\":{")
        .contains("\"Expiration\":1.77237E9}");
  }

  @Test
  void assumeRole_ofAnUnknownRole_isAccessDenied() throws Exception {
    assertRefused(
        assumeRole(checkout, BILLING, "s1").presign(),
        StsErrorCode.ACCESS_DENIED,
        "User: arn:aws:sts::111122223333:assumed-role/checkout/i-0abc is not authorized to perform:"
            + " sts:AssumeRole on resource: "
            + BILLING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::444455556666:role/billing",
        "arn:aws:iam::444455556666:role/team/Billing",
        "arn:aws:iam::444455556667:role/team/billing",
        "arn:aws-cn:iam::444455556666:role/team/billing"
      })
  void assumeRole_ofANearlyKnownRole_isAccessDenied(String arn) throws Exception {
    emulator.addRole(BILLING);
    assertRefused(
        assumeRole(alice, arn, "s1").presign(), StsErrorCode.ACCESS_DENIED, "User: " + ALICE);
  }

  @Test
  void assumeRole_byRoot_isAccessDenied() throws Exception {
    EmulatedCredentials root = emulator.add(EmulatedPrincipal.of("arn:aws:iam::111122223333:root"));
    assertRefused(
        assumeRole(root, CHECKOUT, "s1").presign(),
        StsErrorCode.ACCESS_DENIED,
        "Roles may not be assumed by root accounts.");
  }

  @Test
  void assumeRole_unsigned_isMissingAuthenticationToken() throws Exception {
    URI uri =
        URI.create(
            emulator.endpoint()
                + "/?Action=AssumeRole&Version=2011-06-15&RoleSessionName=s1&RoleArn="
                + CHECKOUT);
    assertRefused(uri, StsErrorCode.MISSING_AUTHENTICATION_TOKEN, "missing");
  }

  @ParameterizedTest
  @CsvSource({
    "RoleArn,,'null at ''roleArn'''",
    "RoleArn,arn:aws:iam::111122223333:user/alice,is invalid",
    "RoleArn,checkout,is invalid",
    "RoleSessionName,,'null at ''roleSessionName'''",
    "RoleSessionName,x,'''x'' at ''roleSessionName'''",
    "RoleSessionName,a/b,regular expression",
    "RoleSessionName,a b,regular expression",
    "DurationSeconds,899,greater than or equal to 900",
    "DurationSeconds,43201,less than or equal to 43200",
    "DurationSeconds,3600.0,whole number",
    "DurationSeconds,-900,whole number",
    "DurationSeconds,9999999999,whole number",
  })
  void assumeRole_withABrokenParameter_isValidationError(String name, String value, String message)
      throws Exception {
    TestSigner signer = assumeRole(alice, CHECKOUT, "s1").without(name);
    if (value != null) {
      signer.parameter(name, value);
    }
    assertRefused(signer.presign(), StsErrorCode.VALIDATION_ERROR, message);
  }

  @ParameterizedTest
  @CsvSource({"3600,200", "3601,400"})
  void assumeRole_byARole_lastsAnHourAtMost(String seconds, int status) throws Exception {
    URI uri = assumeRole(checkout, CHECKOUT, "s1").parameter("DurationSeconds", seconds).presign();
    assertThat(get(uri).statusCode()).isEqualTo(status);
  }

  private URI webIdentity(String role, String token) {
    return URI.create(
        emulator.endpoint()
            + "/?Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=pod&RoleArn="
            + role
            + "&WebIdentityToken="
            + token);
  }

  @Test
  void assumeRoleWithWebIdentity_ofAnAcceptedToken_givesCredentialsThatWork() throws Exception {
    emulator.acceptWebIdentity("ey.J.x", "system:serviceaccount:shop:checkout");
    HttpResponse<String> answer = get(webIdentity(CHECKOUT, "ey.J.x"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(field(answer, "SubjectFromWebIdentityToken"))
        .isEqualTo("system:serviceaccount:shop:checkout");
    HttpResponse<String> caller = get(signer(issued(answer, checkout)).presign());
    assertThat(field(caller, "Arn")).endsWith(":assumed-role/checkout/pod");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ey.J.y", "EY.J.X", "ey.J.x%20"})
  void assumeRoleWithWebIdentity_ofAnotherToken_isInvalidIdentityToken(String token)
      throws Exception {
    emulator.acceptWebIdentity("ey.J.x", "s");
    assertRefused(webIdentity(CHECKOUT, token), StsErrorCode.INVALID_IDENTITY_TOKEN, "could not");
  }

  @Test
  void assumeRoleWithWebIdentity_ofAnUnknownRole_isAccessDenied() throws Exception {
    emulator.acceptWebIdentity("ey.J.x", "s");
    assertRefused(
        webIdentity(BILLING, "ey.J.x"),
        StsErrorCode.ACCESS_DENIED,
        "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }

  @ParameterizedTest
  @CsvSource({",2026-03-02T00:00:00Z", "900,2026-03-01T12:15:00Z", "129600,2026-03-03T00:00:00Z"})
  void getSessionToken_ofAUser_givesCredentialsThatWork(String seconds, String end)
      throws Exception {
    TestSigner signer = signer(alice).action("GetSessionToken");
    if (seconds != null) {
      signer.parameter("DurationSeconds", seconds);
    }
    HttpResponse<String> answer = get(signer.presign());
    assertThat(field(answer, "Expiration")).isEqualTo(end);
    assertThat(field(get(signer(issued(answer, alice)).presign()), "Arn")).isEqualTo(ALICE);
  }

  @Test
  void getSessionToken_ofRoot_lastsAnHourAtMost() throws Exception {
    EmulatedCredentials root = emulator.add(EmulatedPrincipal.of("arn:aws:iam::111122223333:root"));
    HttpResponse<String> answer = get(signer(root).action("GetSessionToken").presign());
    assertThat(field(answer, "Expiration")).isEqualTo("2026-03-01T13:00:00Z");
  }

  @Test
  void getSessionToken_withSessionCredentials_isAccessDenied() throws Exception {
    assertRefused(
        signer().action("GetSessionToken").presign(),
        StsErrorCode.ACCESS_DENIED,
        "Cannot call GetSessionToken with session credentials");
  }

  @ParameterizedTest
  @ValueSource(strings = {"899", "129601", ""})
  void getSessionToken_ofAnotherDuration_isValidationError(String seconds) throws Exception {
    assertRefused(
        signer(alice).action("GetSessionToken").parameter("DurationSeconds", seconds).presign(),
        StsErrorCode.VALIDATION_ERROR,
        "durationSeconds");
  }
}
