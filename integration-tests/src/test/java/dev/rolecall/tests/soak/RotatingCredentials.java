package dev.rolecall.tests.soak;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.SecretsWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Credentials of a role that change every half hour, as a platform rotates them. */
final class RotatingCredentials implements AwsCredentialsProvider {

  private static final Duration LIFE = Duration.ofMinutes(45);
  private static final Duration RENEWED_AFTER = Duration.ofMinutes(30);

  private final StsEmulator sts;
  private final String role;
  private final Clock clock;
  private final SecretsWatch secrets;

  private EmulatedCredentials current;
  private Instant began;

  RotatingCredentials(StsEmulator sts, String role, Clock clock, SecretsWatch secrets) {
    this.sts = sts;
    this.role = role;
    this.clock = clock;
    this.secrets = secrets;
    this.current = session();
    this.began = clock.instant();
  }

  private EmulatedCredentials session() {
    EmulatedCredentials session = sts.addRole(role);
    secrets.addSecretsOf(session);
    return session;
  }

  @Override
  public synchronized AwsCredentials resolveCredentials() {
    Instant now = clock.instant();
    if (now.isAfter(began.plus(RENEWED_AFTER))) {
      current = session();
      began = now;
    }
    return AwsSessionCredentials.builder()
        .accessKeyId(current.accessKeyId())
        .secretAccessKey(current.secretAccessKey())
        .sessionToken(current.sessionToken().orElseThrow())
        .expirationTime(began.plus(LIFE))
        .build();
  }
}
