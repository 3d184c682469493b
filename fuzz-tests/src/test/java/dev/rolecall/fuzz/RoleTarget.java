package dev.rolecall.fuzz;

import dev.rolecall.fuzz.judge.NaiveName;
import dev.rolecall.fuzz.judge.NaivePrincipal;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RoleName;
import dev.rolecall.identity.pattern.RolePattern;
import java.util.Optional;

/** ARNs and principals are read where the judge reads them, and mean the roles it says. */
final class RoleTarget {

  private RoleTarget() {}

  static void tryOn(byte[] input) {
    String text = Oracle.text(input);
    Optional<RoleArn> role = Oracle.parsed(() -> RoleArn.parse(text));
    Oracle.same(role.isPresent(), NaivePrincipal.isRoleArn(text), "the ARN of a role");
    role.ifPresent(
        found -> {
          Oracle.same(found.toString(), NaivePrincipal.withoutPath(text), "the ARN without a path");
          Oracle.same(RoleArn.parse(found.toString()), found, "the ARN, written and read");
        });
    Optional<RolePattern> pattern = Oracle.parsed(() -> RolePattern.parse(text));
    Oracle.same(pattern.isPresent(), NaivePrincipal.isPrincipal(text), "a principal");
    pattern.ifPresent(found -> meansWhatItSays(found, text));
  }

  private static void meansWhatItSays(RolePattern pattern, String text) {
    Oracle.same(RolePattern.parse(pattern.toString()), pattern, "the pattern, written and read");
    Probes.of(text).stream()
        .filter(probe -> NaiveName.isRoleName(probe.name()))
        .forEach(
            probe ->
                Oracle.same(
                    pattern.matches(new IamRole(role(probe), RoleId.parse(probe.id()))),
                    NaivePrincipal.means(text, probe),
                    "whether it means the role"));
  }

  static RoleArn role(NaivePrincipal.Role role) {
    return new RoleArn(
        Partition.parse(role.partition()),
        AccountId.parse(role.account()),
        RoleName.parse(role.name()));
  }
}
