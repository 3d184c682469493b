package dev.rolecall.testing;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.PermissionSet;
import dev.rolecall.stsemulator.StsEmulator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The roles that a test calls as: one session and one set of call credentials each. */
final class EmulatedRoles {

  static final Region REGION = Region.US_EAST_1;

  private final Map<String, AwsCredentialsProvider> sessions = new ConcurrentHashMap<>();
  private final Map<String, IamCallCredentials> callers = new ConcurrentHashMap<>();
  private final StsEmulator sts;
  private final TestClock clock;
  private final OpenResources open;

  EmulatedRoles(StsEmulator sts, TestClock clock, OpenResources open) {
    this.sts = sts;
    this.clock = clock;
    this.open = open;
  }

  AwsCredentialsProvider session(String arn) {
    return sessions.computeIfAbsent(arn, this::newSession);
  }

  private AwsCredentialsProvider newSession(String arn) {
    Partition partition = RoleArn.parse(arn).partition();
    if (!partition.equals(Partition.AWS)) {
      throw new IllegalArgumentException(
          "role ARN: " + arn + " (expected: a role of the partition aws)");
    }
    return provider(sts.addRole(arn));
  }

  AwsCredentialsProvider session(PermissionSet set, String user) {
    return sessions.computeIfAbsent(key(set, user), session -> provider(sts.add(set.user(user))));
  }

  /** No ARN of a role is like it: a role's name has no space. */
  private static String key(PermissionSet set, String user) {
    return set.roleArn() + " " + set.roleId() + " " + user;
  }

  private static AwsCredentialsProvider provider(EmulatedCredentials session) {
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(
            session.accessKeyId(),
            session.secretAccessKey(),
            session.sessionToken().orElseThrow()));
  }

  IamCallCredentials caller(String arn, Audience audience) {
    return callers.computeIfAbsent(arn, role -> newCaller(session(role), audience));
  }

  IamCallCredentials caller(PermissionSet set, String user, Audience audience) {
    return callers.computeIfAbsent(
        key(set, user), session -> newCaller(session(set, user), audience));
  }

  private IamCallCredentials newCaller(AwsCredentialsProvider session, Audience audience) {
    return open.add(
        IamCallCredentials.builder(audience)
            .credentialsProvider(session)
            .endpoint(sts.endpoint(), REGION)
            .clock(clock)
            .allowPlaintext()
            .build());
  }
}
