package dev.rolecall.tests.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.stsemulator.protocol.StsAction;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;
import software.amazon.awssdk.services.sts.model.StsException;

/** The AWS SDK's {@link StsClient} takes the emulator for STS: answers, errors and retries. */
class SdkStsClientTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String BILLING = "arn:aws:iam::444455556666:role/team/billing";

  private final StsEmulator emulator = StsEmulator.start();
  private final SdkSts sdk = new SdkSts(emulator);
  private final EmulatedCredentials checkout =
      emulator.add(EmulatedPrincipal.builder(CHECKOUT).sessionName("i-0abc").build());
  private final EmulatedCredentials billing = emulator.addRole(BILLING);
  private final EmulatedCredentials alice =
      emulator.add(EmulatedPrincipal.of("arn:aws:iam::111122223333:user/alice"));

  @AfterEach
  void stop() {
    sdk.close();
    emulator.close();
  }

  @Test
  void getCallerIdentity_roleSession_namesItWithoutThePath() {
    GetCallerIdentityResponse answer = sdk.signingAs(billing).getCallerIdentity();

    assertThat(answer.account()).isEqualTo("444455556666");
    assertThat(answer.arn())
        .startsWith("arn:aws:sts::444455556666:assumed-role/billing/")
        .isEqualTo(billing.callerArn());
    assertThat(answer.userId())
        .isEqualTo(billing.userId())
        .startsWith(emulator.uniqueId(BILLING) + ":");
  }

  @Test
  void getCallerIdentity_user_namesTheUser() {
    GetCallerIdentityResponse answer = sdk.signingAs(alice).getCallerIdentity();

    assertThat(answer.arn()).isEqualTo("arn:aws:iam::111122223333:user/alice");
    assertThat(answer.userId()).startsWith("AIDA");
  }

  @Test
  void assumeRole_knownRole_issuesCredentialsThatSign() {
    AssumeRoleResponse answer =
        sdk.signingAs(checkout)
            .assumeRole(
                r -> r.roleArn(BILLING).roleSessionName("from-checkout").durationSeconds(900));

    assertThat(answer.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::444455556666:assumed-role/billing/from-checkout");
    assertThat(answer.assumedRoleUser().assumedRoleId())
        .isEqualTo(emulator.uniqueId(BILLING) + ":from-checkout");
    assertThat(Duration.between(Instant.now(), answer.credentials().expiration()))
        .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
    assertThat(sdk.signingWith(SdkSts.providerOf(answer.credentials())).getCallerIdentity().arn())
        .isEqualTo("arn:aws:sts::444455556666:assumed-role/billing/from-checkout");
  }

  @Test
  void assumeRole_unknownRole_isAccessDenied() {
    StsClient client = sdk.signingAs(checkout);

    assertThatExceptionOfType(StsException.class)
        .isThrownBy(
            () ->
                client.assumeRole(
                    r ->
                        r.roleArn("arn:aws:iam::111122223333:role/nobody")
                            .roleSessionName("from-checkout")))
        .satisfies(refusal -> assertRefused(refusal, "AccessDenied", 403));
  }

  @Test
  void assumeRoleWithWebIdentity_acceptedToken_needsNoSignature() {
    emulator.acceptWebIdentity("a.web.identity", "system:serviceaccount:shop:checkout");

    AssumeRoleWithWebIdentityResponse answer =
        sdk.unsigned()
            .assumeRoleWithWebIdentity(
                r ->
                    r.roleArn(CHECKOUT)
                        .roleSessionName("pod-1")
                        .webIdentityToken("a.web.identity"));

    assertThat(answer.subjectFromWebIdentityToken())
        .isEqualTo("system:serviceaccount:shop:checkout");
    assertThat(sdk.signingWith(SdkSts.providerOf(answer.credentials())).getCallerIdentity().arn())
        .isEqualTo("arn:aws:sts::111122223333:assumed-role/checkout/pod-1");
  }

  @Test
  void assumeRoleWithWebIdentity_strangeToken_isTheSdksOwnException() {
    emulator.acceptWebIdentity("a.web.identity", "system:serviceaccount:shop:checkout");
    StsClient client = sdk.unsigned();

    assertThatExceptionOfType(InvalidIdentityTokenException.class)
        .isThrownBy(
            () ->
                client.assumeRoleWithWebIdentity(
                    r ->
                        r.roleArn(CHECKOUT)
                            .roleSessionName("pod-1")
                            .webIdentityToken("another.web.identity")))
        .satisfies(refusal -> assertRefused(refusal, "InvalidIdentityToken", 400));
  }

  @Test
  void getSessionToken_user_issuesASessionOfTheSameUser() {
    GetSessionTokenResponse answer = sdk.signingAs(alice).getSessionToken();

    assertThat(sdk.signingWith(SdkSts.providerOf(answer.credentials())).getCallerIdentity().arn())
        .isEqualTo("arn:aws:iam::111122223333:user/alice");
  }

  @Test
  void getSessionToken_roleSession_isAccessDenied() {
    StsClient client = sdk.signingAs(checkout);

    assertThatExceptionOfType(StsException.class)
        .isThrownBy(client::getSessionToken)
        .satisfies(refusal -> assertRefused(refusal, "AccessDenied", 403));
  }

  record BadKey(String what, AwsSessionCredentials key, String code) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<BadKey> badKeys() {
    String id = "ASIAEXAMPLE0000000001";
    String secret = "a-secret-access-key-of-the-test";
    String token = "a-session-token-of-the-test";
    return Stream.of(
        new BadKey(
            "another secret key",
            AwsSessionCredentials.create(id, secret + "x", token),
            "SignatureDoesNotMatch"),
        new BadKey(
            "an unknown key id",
            AwsSessionCredentials.create("ASIAEXAMPLE0000000002", secret, token),
            "InvalidClientTokenId"),
        new BadKey(
            "another session token",
            AwsSessionCredentials.create(id, secret, token + "x"),
            "InvalidClientTokenId"),
        new BadKey(
            "a session that ended",
            AwsSessionCredentials.create("ASIAEXAMPLE0000000003", secret, token),
            "ExpiredToken"));
  }

  @ParameterizedTest
  @MethodSource("badKeys")
  void getCallerIdentity_badKey_isRefusedOnceAndNotRetried(BadKey bad) {
    addKnown("ASIAEXAMPLE0000000001", Instant.now().plusSeconds(60));
    addKnown("ASIAEXAMPLE0000000003", Instant.now().minusSeconds(60));
    StsClient client = sdk.signingWith(StaticCredentialsProvider.create(bad.key()));

    assertThatExceptionOfType(StsException.class)
        .isThrownBy(client::getCallerIdentity)
        .satisfies(refusal -> assertRefused(refusal, bad.code(), 403));
    assertThat(emulator.requests().of(StsAction.GET_CALLER_IDENTITY)).isEqualTo(1);
  }

  private void addKnown(String accessKeyId, Instant end) {
    emulator.add(
        EmulatedPrincipal.builder(CHECKOUT)
            .accessKeyId(accessKeyId)
            .secretAccessKey("a-secret-access-key-of-the-test")
            .sessionToken("a-session-token-of-the-test")
            .expiresAt(end)
            .build());
  }

  @Test
  void getCallerIdentity_keyOfARoleWithoutItsToken_isRefused() {
    // A role's key is worth nothing without the session token it came with.
    StsClient client =
        sdk.signingWith(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(checkout.accessKeyId(), checkout.secretAccessKey())));

    assertThatExceptionOfType(StsException.class)
        .isThrownBy(client::getCallerIdentity)
        .satisfies(refusal -> assertRefused(refusal, "InvalidClientTokenId", 403));
  }

  @Test
  void getCallerIdentity_throttledTwice_isRetriedByTheSdk() {
    emulator.failNext(2, Fault.throttled());

    assertThat(sdk.signingAs(checkout).getCallerIdentity().arn()).isEqualTo(checkout.callerArn());

    assertThat(emulator.requests().of(StsAction.GET_CALLER_IDENTITY)).isEqualTo(3);
    assertThat(emulator.requests().faulted()).isEqualTo(2);
  }

  static Stream<Fault> passing() {
    return Stream.of(Fault.internalFailure(), Fault.serviceUnavailable(), Fault.closed());
  }

  @ParameterizedTest
  @MethodSource("passing")
  void getCallerIdentity_outageOfOneRequest_isRetriedByTheSdk(Fault fault) {
    StsClient client = sdk.signingAs(checkout);
    emulator.failNext(1, fault);

    assertThat(client.getCallerIdentity().arn()).isEqualTo(checkout.callerArn());
  }

  @Test
  void getCallerIdentity_alwaysThrottled_endsAsThrottlingWithStatus400() {
    emulator.fail(Fault.throttled());
    StsClient client = sdk.signingAs(checkout);

    assertThatExceptionOfType(StsException.class)
        .isThrownBy(client::getCallerIdentity)
        .satisfies(
            refusal -> {
              assertRefused(refusal, "Throttling", 400);
              assertThat(refusal.isThrottlingException()).isTrue();
              assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
            });
    assertThat(emulator.requests().total()).isEqualTo(SdkSts.ATTEMPTS);
  }

  private static void assertRefused(StsException refusal, String code, int status) {
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(refusal.statusCode()).isEqualTo(status);
    assertThat(refusal.requestId()).isNotBlank();
  }
}
