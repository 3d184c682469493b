package dev.rolecall.tests.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.stsemulator.protocol.StsAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.services.sts.model.StsException;

/** The AWS SDK's credentials providers that ask STS get what they need from the emulator. */
class SdkCredentialsProvidersTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String ORDERS = "arn:aws:iam::111122223333:role/orders";
  private static final String AUDIT = "arn:aws:iam::444455556666:role/audit";

  private final StsEmulator emulator = StsEmulator.start();
  private final SdkSts sdk = new SdkSts(emulator);
  private final EmulatedCredentials checkout = emulator.addRole(CHECKOUT);

  SdkCredentialsProvidersTest() {
    emulator.addRole(ORDERS);
    emulator.addRole(AUDIT);
  }

  @AfterEach
  void stop() {
    sdk.close();
    emulator.close();
  }

  @Test
  void assumeRoleProvider_chainOfThree_signsAsTheLast() {
    try (StsAssumeRoleCredentialsProvider orders = assuming(ORDERS, sdk.signingAs(checkout));
        StsAssumeRoleCredentialsProvider audit = assuming(AUDIT, sdk.signingWith(orders))) {
      assertThat(sdk.signingWith(audit).getCallerIdentity().arn())
          .isEqualTo("arn:aws:sts::444455556666:assumed-role/audit/judge");
    }
    assertThat(emulator.requests().of(StsAction.ASSUME_ROLE)).isEqualTo(2);
  }

  @Test
  void assumeRoleProvider_freshCredentials_askOnce() {
    try (StsAssumeRoleCredentialsProvider orders = assuming(ORDERS, sdk.signingAs(checkout))) {
      assertThat(orders.resolveCredentials()).isEqualTo(orders.resolveCredentials());
    }
    assertThat(emulator.requests().of(StsAction.ASSUME_ROLE)).isEqualTo(1);
  }

  @Test
  void assumeRoleProvider_credentialsNearTheirEnd_areReplaced() {
    // Credentials of 15 minutes, which the provider counts as ended 20 minutes before they are.
    try (StsAssumeRoleCredentialsProvider orders =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sdk.signingAs(checkout))
            .refreshRequest(
                r -> r.roleArn(ORDERS).roleSessionName("judge").durationSeconds(15 * 60))
            .staleTime(Duration.ofMinutes(20))
            .prefetchTime(Duration.ofMinutes(30))
            .build()) {
      assertThat(orders.resolveCredentials().accessKeyId())
          .isNotEqualTo(orders.resolveCredentials().accessKeyId());
    }
    assertThat(emulator.requests().of(StsAction.ASSUME_ROLE)).isEqualTo(2);
  }

  @Test
  void assumeRoleProvider_unknownRole_isAccessDenied() {
    try (StsAssumeRoleCredentialsProvider nobody =
        assuming("arn:aws:iam::111122223333:role/nobody", sdk.signingAs(checkout))) {
      assertThatExceptionOfType(StsException.class)
          .isThrownBy(nobody::resolveCredentials)
          .satisfies(
              refusal ->
                  assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
    }
  }

  @Test
  void webIdentityProvider_tokenFileOfAPod_signsAsTheRole(@TempDir Path directory)
      throws IOException {
    emulator.acceptWebIdentity("a.web.identity", "system:serviceaccount:shop:checkout");
    Path file = Files.writeString(directory.resolve("token"), "a.web.identity");

    try (StsWebIdentityTokenFileCredentialsProvider pod =
        StsWebIdentityTokenFileCredentialsProvider.builder()
            .stsClient(sdk.unsigned())
            .roleArn(CHECKOUT)
            .roleSessionName("pod-1")
            .webIdentityTokenFile(file)
            .build()) {
      assertThat(sdk.signingWith(pod).getCallerIdentity().arn())
          .isEqualTo("arn:aws:sts::111122223333:assumed-role/checkout/pod-1");
    }
  }

  private static StsAssumeRoleCredentialsProvider assuming(String roleArn, StsClient client) {
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(client)
        .refreshRequest(r -> r.roleArn(roleArn).roleSessionName("judge"))
        .build();
  }
}
