package dev.rolecall.stsemulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebIdentityTokenTest extends EmulatorTest {

  private static final String ACCOUNT = "111122223333";
  private static final String BILLING = "arn:aws:iam::111122223333:role/team/billing";
  private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");

  private final URI issuer = emulator.outboundFederation().enable(ACCOUNT);

  private TestSigner request(EmulatedCredentials by) {
    return signer(by)
        .action("GetWebIdentityToken")
        .parameter("Audience.member.1", "orders")
        .parameter("SigningAlgorithm", "ES384");
  }

  private TestSigner request() {
    return request(checkout);
  }

  private static String part(HttpResponse<String> answer, int index) {
    String token = field(answer, "WebIdentityToken");
    return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), UTF_8);
  }

  private String claims(TestSigner request) throws Exception {
    HttpResponse<String> answer = send(request.signedPost());
    assertThat(answer.statusCode()).isEqualTo(200);
    return part(answer, 1);
  }

  private EmulatedCredentials session(SessionContext context) {
    return emulator.add(EmulatedPrincipal.builder(BILLING).context(context).build());
  }

  @Test
  void token_ofARole_statesItAndNotItsSession() throws Exception {
    HttpResponse<String> answer = send(request().signedPost());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(field(answer, "Expiration")).isEqualTo("2026-03-01T12:05:00Z");
    assertThat(part(answer, 0))
        .isEqualTo("{\"kid\":\"EC384_0\",\"typ\":\"JWT\",\"alg\":\"ES384\"}");
    assertThat(part(answer, 1))
        .matches(
            Pattern.quote("{\"iss\":\"" + issuer + "\",\"sub\":\"" + CHECKOUT + "\",")
                + Pattern.quote("\"aud\":\"orders\",\"iat\":1772366400,\"exp\":1772366700,")
                + "\"jti\":\"[0-9a-f-]{36}\","
                + Pattern.quote("\"https://sts.amazonaws.com/\":{\"aws_account\":\"111122223333\",")
                + Pattern.quote("\"source_region\":\"eu-west-1\",")
                + Pattern.quote("\"principal_id\":\"" + CHECKOUT + "\"}}"));
    assertThat(emulator.requests().of(StsAction.GET_WEB_IDENTITY_TOKEN)).isEqualTo(1);
  }

  @Test
  void token_askedForInJson_comesWithItsEndInSeconds() throws Exception {
    HttpResponse<String> answer = getJson(request().presign());

    assertThat(answer.body())
        .startsWith(
            "{\"GetWebIdentityTokenResponse\":{\"GetWebIdentityTokenResult\":"
                + "{\"WebIdentityToken\":\"eyJ")
        .contains("\",\"Expiration\":1.7723667E9}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES384"})
  void signature_isThatOfTheKeyWithItsIdInTheKeySet(String algorithm) throws Exception {
    HttpResponse<String> answer =
        send(request().parameter("SigningAlgorithm", algorithm).signedPost());
    String[] parts = field(answer, "WebIdentityToken").split("\\.", -1);
    String keys = get(URI.create(issuer + "/.well-known/jwks.json")).body();
    boolean isRsa = algorithm.equals("RS256");
    PublicKey key = isRsa ? rsaKey(keys) : ecKey(keys);
    Signature signature =
        Signature.getInstance(isRsa ? "SHA256withRSA" : "SHA384withECDSAinP1363Format");
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));

    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    signature.update((parts[0] + "." + parts[1] + "x").getBytes(US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isFalse();
  }

  private static PublicKey rsaKey(String keys) throws Exception {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number(keys, "n"), number(keys, "e")));
  }

  private static PublicKey ecKey(String keys) throws Exception {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp384r1"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(
                new ECPoint(number(keys, "x"), number(keys, "y")),
                curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(String keys, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(keys);
    assertThat(matcher.find()).isTrue();
    return new BigInteger(1, Base64.getUrlDecoder().decode(matcher.group(1)));
  }

  @Test
  void token_ofARoleWithAPath_statesThePath() throws Exception {
    assertThat(claims(request(session(SessionContext.none()))))
        .contains("\"sub\":\"" + BILLING + "\"", "\"principal_id\":\"" + BILLING + "\"");
  }

  @Test
  void token_ofAUser_statesTheUser() throws Exception {
    EmulatedCredentials alice =
        emulator.add(EmulatedPrincipal.of("arn:aws:iam::111122223333:user/alice"));

    assertThat(claims(request(alice)))
        .contains("\"sub\":\"arn:aws:iam::111122223333:user/alice\"")
        .doesNotContain("original_session_exp");
  }

  @Test
  void token_forSeveralAudiences_listsThemInOrder() throws Exception {
    assertThat(
            claims(
                request()
                    .parameter("Audience.member.10", "billing")
                    .parameter("Audience.member.2", "https://api.example/\"x\"")))
        .contains("\"aud\":[\"orders\",\"https://api.example/\\\"x\\\"\",\"billing\"]");
  }

  @Test
  void token_statesTagsAndPlaceAndSession() throws Exception {
    SessionContext context =
        SessionContext.none()
            .withPrincipalTag("team", "payments")
            .withPrincipalTag("stage", "prod")
            .withOrganization("o-abc1234567", "o-abc1234567/r-ab12/ou-ab12-11111111/")
            .withClaim("source_identity", "alice");

    assertThat(
            claims(
                request(session(context))
                    .parameter("Tags.member.1.Key", "job")
                    .parameter("Tags.member.1.Value", "")))
        .contains(
            "\"org_id\":\"o-abc1234567\"",
            "\"ou_path\":[\"o-abc1234567/r-ab12/ou-ab12-11111111/\"]",
            "\"source_identity\":\"alice\"",
            "\"principal_tags\":{\"stage\":\"prod\",\"team\":\"payments\"}",
            "\"request_tags\":{\"job\":\"\"}");
  }

  @Test
  void token_ofASessionThatAssumeRoleIssued_hasTheRolesTags() throws Exception {
    session(SessionContext.none().withPrincipalTag("team", "payments"));
    HttpResponse<String> assumed =
        get(
            signer()
                .action("AssumeRole")
                .parameter("RoleArn", BILLING)
                .parameter("RoleSessionName", "job-1")
                .presign());
    EmulatedCredentials issued =
        new EmulatedCredentials(
            checkout.identity(),
            field(assumed, "AccessKeyId"),
            field(assumed, "SecretAccessKey"),
            Optional.of(field(assumed, "SessionToken")),
            Optional.empty());

    assertThat(claims(request(issued)))
        .contains(
            "\"sub\":\"" + BILLING + "\"",
            "\"original_session_exp\":\"2026-03-01T13:00:00Z\"",
            "\"principal_tags\":{\"team\":\"payments\"}");
  }

  @ParameterizedTest
  @CsvSource({"600,200", "601,403"})
  void token_thatWouldOutliveTheSession_isEscalation(String seconds, int status) throws Exception {
    EmulatedCredentials ending =
        emulator.add(EmulatedPrincipal.builder(CHECKOUT).expiresAt(END).build());
    HttpResponse<String> answer =
        get(request(ending).parameter("DurationSeconds", seconds).presign());

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status != 200) {
      assertThat(field(answer, "Code")).isEqualTo("SessionDurationEscalationException");
    }
  }

  @Test
  void token_ofAnAccountWithoutFederation_isRefused() throws Exception {
    EmulatedCredentials other = emulator.addRole("arn:aws:iam::444455556666:role/checkout");

    assertRefused(
        request(other).presign(),
        StsErrorCode.OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED,
        "not enabled for this account");
  }

  @Test
  void token_afterFederationWasDisabled_isRefused() throws Exception {
    emulator.outboundFederation().disable(ACCOUNT);

    assertRefused(
        request().presign(),
        StsErrorCode.OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED,
        "not enabled for this account");
    assertThat(emulator.outboundFederation().enable(ACCOUNT)).isEqualTo(issuer);
  }

  @Test
  void token_withTooLargeAPayload_isRefused() throws Exception {
    TestSigner request = request();
    IntStream.rangeClosed(1, 20)
        .forEach(
            i ->
                request
                    .parameter("Tags.member." + i + ".Key", "tag-" + i)
                    .parameter("Tags.member." + i + ".Value", "x".repeat(256)));

    assertRefused(request.presign(), StsErrorCode.JWT_PAYLOAD_SIZE_EXCEEDED, "payload size");
  }

  @Test
  void token_askedForWithoutASignature_isRefused() throws Exception {
    assertRefused(
        URI.create(
            emulator.endpoint()
                + "/?Action=GetWebIdentityToken&Version=2011-06-15&Audience.member.1=orders"
                + "&SigningAlgorithm=RS256"),
        StsErrorCode.MISSING_AUTHENTICATION_TOKEN,
        "missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Audience.member.1   |               | null at 'audience'",
        "Audience.member.1   | ''            | greater than or equal to 1",
        "Audience.member.1   | LONG:1001     | less than or equal to 1000",
        "SigningAlgorithm    |               | null at 'signingAlgorithm'",
        "SigningAlgorithm    | rs256         | enum value set: [RS256, ES384]",
        "SigningAlgorithm    | ES256         | enum value set: [RS256, ES384]",
        "SigningAlgorithm    | none          | enum value set: [RS256, ES384]",
        "DurationSeconds     | 59            | greater than or equal to 60",
        "DurationSeconds     | 3601          | less than or equal to 3600",
        "DurationSeconds     | 60.0          | whole number",
        "DurationSeconds     | ''            | whole number",
        "SubjectMode         | awsidentity   | enum value set: [AWSIdentity, OriginIdentity]",
        "SubjectMode         | ''            | enum value set: [AWSIdentity, OriginIdentity]",
        "SubjectMode         | OriginIdentity| no origin identity",
        "Scope               | read          | only with the SubjectMode OriginIdentity",
        "Tags.member.1.Key   | team          | null at 'tags'",
        "Tags.member.1.Value | x             | null at 'tags'",
      })
  void token_withABrokenParameter_isValidationError(String name, String value, String message)
      throws Exception {
    TestSigner request = request().without(name);
    if (value != null) {
      request.parameter(name, value.equals("LONG:1001") ? "x".repeat(1_001) : value);
    }

    assertRefused(request.presign(), StsErrorCode.VALIDATION_ERROR, message);
  }

  @ParameterizedTest
  @CsvSource({"10,200", "11,400"})
  void token_hasTenAudiencesAtMost(int count, int status) throws Exception {
    TestSigner request = request();
    IntStream.rangeClosed(1, count).forEach(i -> request.parameter("Audience.member." + i, "a"));

    assertThat(send(request.signedPost()).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"50,200", "51,400"})
  void token_hasFiftyTagsAtMost(int count, int status) throws Exception {
    TestSigner request = request();
    IntStream.rangeClosed(1, count)
        .forEach(
            i ->
                request
                    .parameter("Tags.member." + i + ".Key", "t" + i)
                    .parameter("Tags.member." + i + ".Value", "v"));

    assertThat(send(request.signedPost()).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"a#b,v,regular expression", "LONG,v,regular expression", "a,v%,regular expression"})
  void token_withABrokenTag_isValidationError(String key, String value, String message)
      throws Exception {
    assertRefused(
        request()
            .parameter("Tags.member.1.Key", key.equals("LONG") ? "x".repeat(129) : key)
            .parameter("Tags.member.1.Value", value)
            .presign(),
        StsErrorCode.VALIDATION_ERROR,
        message);
  }

  @Test
  void token_withATagTwice_isValidationError() throws Exception {
    assertRefused(
        request()
            .parameter("Tags.member.1.Key", "a")
            .parameter("Tags.member.1.Value", "1")
            .parameter("Tags.member.2.Key", "a")
            .parameter("Tags.member.2.Value", "2")
            .presign(),
        StsErrorCode.VALIDATION_ERROR,
        "Duplicate tag keys");
  }

  private TestSigner origin(OriginIdentity identity) {
    return request(session(SessionContext.none().withOrigin(identity)))
        .parameter("SubjectMode", "OriginIdentity");
  }

  @Test
  void token_ofTheOriginIdentity_namesItAndTheRoleAndTheScope() throws Exception {
    assertThat(
            claims(
                origin(OriginIdentity.of("alice@example.com", "idp.example"))
                    .parameter("Scope", "orders:read orders:write")))
        .contains(
            "\"sub\":\"alice@example.com\"",
            "\"scope\":\"orders:read orders:write\"",
            "\"principal_id\":\"" + BILLING + "\"",
            "\"subject_mode\":\"OriginIdentity\"");
  }

  @Test
  void token_inTheDefaultMode_doesNotNameTheOriginIdentity() throws Exception {
    assertThat(
            claims(
                request(
                    session(
                        SessionContext.none()
                            .withOrigin(OriginIdentity.of("alice@example.com", "idp.example"))))))
        .contains("\"sub\":\"" + BILLING + "\"")
        .doesNotContain("subject_mode", "alice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/checkout",
        "ARN:x",
        " alice",
        "alice ",
        "al\u200bice",
        "al\u00a0ice",
        "al\u2028ice",
        "al\nice"
      })
  void token_ofASubjectThatLooksLikeAnother_isDenied(String subject) throws Exception {
    assertRefused(
        origin(OriginIdentity.of(subject, "idp.example")).presign(),
        StsErrorCode.ACCESS_DENIED,
        "origin identity");
  }

  @Test
  void token_ofAnOriginIdentityWithoutASubjectOrIssuer_isValidationError() throws Exception {
    OriginIdentity unvouched = new OriginIdentity("alice", Optional.empty(), Optional.empty());
    assertThat(field(get(origin(OriginIdentity.of(" ", "idp.example")).presign()), "Code"))
        .isEqualTo("ValidationError");
    assertThat(field(get(origin(unvouched).presign()), "Code")).isEqualTo("ValidationError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " read", "read ", "read  write", "a,b", "a\"b", "a\\b", "read read"})
  void token_withABrokenScope_isValidationError(String scope) throws Exception {
    assertRefused(
        origin(OriginIdentity.of("alice", "idp.example")).parameter("Scope", scope).presign(),
        StsErrorCode.VALIDATION_ERROR,
        "cope");
  }

  @Test
  void token_withAScopeForTwoAudiences_isValidationError() throws Exception {
    assertRefused(
        origin(OriginIdentity.of("alice", "idp.example"))
            .parameter("Scope", "read")
            .parameter("Audience.member.2", "billing")
            .presign(),
        StsErrorCode.VALIDATION_ERROR,
        "one Audience");
  }
}
