package dev.rolecall.fuzz;

import dev.rolecall.fuzz.judge.NaiveName;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.internal.answer.Signer;
import dev.rolecall.verifier.internal.answer.StsIdentity;
import java.util.List;

/** A signer is the role session that the three texts spell, all three of them, or none. */
final class SignerTarget {

  private SignerTarget() {}

  static void tryOn(byte[] input) {
    String[] lines = Oracle.text(input).split("\n", 4);
    if (lines.length < 4) {
      return;
    }
    Partition partition = Oracle.parsed(() -> Partition.parse(lines[0])).orElse(Partition.AWS);
    StsIdentity identity = new StsIdentity(lines[1], lines[2], lines[3]);
    isWhomItNames(Signer.read(identity, partition), identity, partition);
  }

  static void isWhomItNames(Signer signer, StsIdentity identity, Partition partition) {
    if (signer instanceof Signer.RoleSession session) {
      Oracle.same(
          identity.arn(),
          "arn:"
              + partition.id()
              + ":sts::"
              + identity.account()
              + ":assumed-role/"
              + session.role().name()
              + "/"
              + session.name(),
          "ARN");
      Oracle.same(identity.userId(), session.roleId() + ":" + session.name(), "user id");
      Oracle.same(session.role().account().digits(), identity.account(), "account");
      Oracle.same(session.role().partition(), partition, "partition");
      Oracle.holds(NaiveName.isAccount(identity.account()), "an account");
      Oracle.holds(NaiveName.isRoleName(session.role().name().value()), "a role's name");
      Oracle.holds(NaiveName.isSessionName(session.name()), "a session's name");
      Oracle.holds(NaiveName.isRoleId(session.roleId().value()), "a role's unique id");
    } else if (signer instanceof Signer.NotARole) {
      List<String> fields = List.of(identity.arn().split(":", -1));
      Oracle.holds(fields.size() >= 6, "an ARN");
      Oracle.same(fields.subList(0, 2), List.of("arn", partition.id()), "the partition's");
      Oracle.same(fields.get(4), identity.account(), "of the account");
    }
  }
}
