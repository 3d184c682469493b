package dev.rolecall.verifier.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The signer, by the structure of three texts. */
@Tag("attack")
final class SignerTest {

  private static final String ACCOUNT = "111122223333";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "arn:aws:sts::111122223333:assumed-role/checkout/i-0abc,     AROAEXAMPLE000000001:i-0abc, "
        + "checkout, i-0abc",
    "arn:aws:sts::111122223333:assumed-role/Check+Out=.@-_/a@b.c, AROAEXAMPLE000000001:a@b.c, "
        + "Check+Out=.@-_, a@b.c",
    "arn:aws:sts::111122223333:assumed-role/r/ab,                AROAEXAMPLE000000001:ab, r, ab",
    // A Lambda function with a name of one letter.
    "arn:aws:sts::111122223333:assumed-role/r/f,                 AROAEXAMPLE000000001:f, r, f",
    // A session named like a role is a session.
    "arn:aws:sts::111122223333:assumed-role/guest/admin,         AROAEXAMPLE000000001:admin, "
        + "guest, admin"
  })
  void read_assumedRole_isThatSession(String arn, String userId, String role, String session) {
    assertThat(Signer.read(new StsIdentity(ACCOUNT, arn, userId), Partition.AWS))
        .isEqualTo(
            new Signer.RoleSession(
                RoleArn.parse("arn:aws:iam::" + ACCOUNT + ":role/" + role),
                session,
                RoleId.parse("AROAEXAMPLE000000001")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "arn:aws:iam::111122223333:user/ann,                           AIDAEXAMPLE000000001",
    "arn:aws:iam::111122223333:user/team/ann,                      AIDAEXAMPLE000000001",
    "arn:aws:iam::111122223333:user/assumed-role/admin/ann,        AIDAEXAMPLE000000001",
    "arn:aws:iam::111122223333:user/a:b/assumed-role/admin/ann,    AIDAEXAMPLE000000001",
    "arn:aws:iam::111122223333:root,                               111122223333",
    "arn:aws:sts::111122223333:federated-user/bob,                 111122223333:bob",
    "arn:aws:sts::111122223333:federated-user/b,                   111122223333:b",
    // What an EC2 instance has for itself.
    "arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/i-0abc, "
        + "111122223333:aws:ec2-instance:i-0abc",
    // LocalStack, and others that imitate STS.
    "arn:aws:iam::111122223333:root,                               AKIAIOSFODNN7EXAMPLE",
    "arn:aws:iam::111122223333:root,                               444455556666",
    "arn:aws:iam::111122223333:user/ann,                           AROAEXAMPLE000000001:ann",
    "arn:aws:sts::111122223333:federated-user/bob,                 111122223333:eve",
    // A role's id is missing, and with it the session.
    "arn:aws:sts::111122223333:assumed-role/r/s1,                  AROAEXAMPLE000000001",
    "arn:aws:sts::111122223333:assumed-role/r/s1,                  AIDAEXAMPLE000000001:s1",
    "arn:aws:sts::111122223333:assumed-role/r/s1,                  aroaexample000000001:s1",
    // The last character that IAM has for paths, DEL.
    "arn:aws:iam::111122223333:user/a\u007fb/ann,                   AIDAEXAMPLE000000001",
    // Another service or form, of today or of the future.
    "arn:aws:iam::111122223333:assumed-role/r/s1,                  AROAEXAMPLE000000001:s1",
    "arn:aws:iam::111122223333:role/r,                             AROAEXAMPLE000000001",
    "arn:aws:sts::111122223333:role/r/s1,                          AROAEXAMPLE000000001:s1",
    "arn:aws:s3::111122223333:assumed-role/r/s1,                   AROAEXAMPLE000000001:s1",
    "arn:aws:sts:eu-west-1:111122223333:assumed-role/r/s1,         AROAEXAMPLE000000001:s1",
    "arn:aws:sts::111122223333:Assumed-Role/r/s1,                  AROAEXAMPLE000000001:s1",
    "arn:aws:sts::111122223333:assumed-role/r,                     AROAEXAMPLE000000001:r",
    "arn:aws:sts::111122223333:assumed-role/r/,                    AROAEXAMPLE000000001:",
    "arn:aws:sts::111122223333:assumed-role//s1,                   AROAEXAMPLE000000001:s1",
    "arn:aws:sts::111122223333:assumed-role/p/r/s1,                AROAEXAMPLE000000001:s1",
    "arn:aws:sts::111122223333:assumed-role/r/s1:x,                AROAEXAMPLE000000001:s1:x",
    "arn:aws:sts::111122223333:assumed-role/r*/s1,                 AROAEXAMPLE000000001:s1",
    "arn:aws:quantum::111122223333:agent/7,                        AGNTEXAMPLE000000001"
  })
  void read_otherPrincipal_isNotARole(String arn, String userId) {
    assertThat(Signer.read(new StsIdentity(ACCOUNT, arn, userId), Partition.AWS))
        .isEqualTo(new Signer.NotARole());
  }

  @ParameterizedTest(name = "{1} as {2} in {0}")
  @CsvSource({
    // The texts disagree.
    "444455556666, arn:aws:sts::111122223333:assumed-role/r/s1,      AROAEXAMPLE000000001:s1",
    "111122223333, arn:aws:sts::111122223333:assumed-role/r/s1,      AROAEXAMPLE000000001:s2",
    "111122223333, arn:aws-cn:sts::111122223333:assumed-role/r/s1,   AROAEXAMPLE000000001:s1",
    "111122223333, arn:AWS:sts::111122223333:assumed-role/r/s1,      AROAEXAMPLE000000001:s1",
    "111122223333, 'arn:aws:sts::111122223333:assumed-role/r/s 1',   'AROAEXAMPLE000000001:s 1'",
    "111122223333, ' arn:aws:sts::111122223333:assumed-role/r/s1',   AROAEXAMPLE000000001:s1",
    "111122223333, arn:aws:sts::111122223333,                        AROAEXAMPLE000000001:s1",
    "111122223333, checkout,                                         AROAEXAMPLE000000001:s1",
    "11112222333,  arn:aws:sts::11112222333:assumed-role/r/s1,       AROAEXAMPLE000000001:s1",
    "１１１１２２２２３３３３, arn:aws:sts::１１１１２２２２３３３３:assumed-role/r/s1, AROAEXAMPLE000000001:s1"
  })
  void read_textsThatContradictOneAnother_areMalformed(String account, String arn, String userId) {
    assertThat(Signer.read(new StsIdentity(account, arn, userId), Partition.AWS))
        .isEqualTo(new Signer.Malformed());
  }

  @Test
  void read_sessionName_has1To64Characters() {
    for (int length : new int[] {1, 2, 64}) {
      assertThat(session("s".repeat(length))).isInstanceOf(Signer.RoleSession.class);
    }
    assertThat(session("s".repeat(65))).isEqualTo(new Signer.NotARole());
  }

  private static Signer session(String name) {
    return Signer.read(
        new StsIdentity(
            ACCOUNT,
            "arn:aws:sts::" + ACCOUNT + ":assumed-role/r/" + name,
            "AROAEXAMPLE000000001:" + name),
        Partition.AWS);
  }
}
