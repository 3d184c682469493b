package dev.rolecall.fuzz.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.fuzz.judge.NaivePrincipal;
import dev.rolecall.fuzz.judge.NaivePrincipal.Role;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RoleName;
import dev.rolecall.identity.pattern.RolePattern;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(TriedCount.class)
class RoleProperties {

  @Provide
  Arbitrary<Role> roles() {
    return Roles.any();
  }

  @Provide
  Arbitrary<String> principals() {
    return Roles.principals();
  }

  @Provide
  Arbitrary<Proofs.Edit> edits() {
    return Proofs.edits();
  }

  @Property
  void arn_isReadAsItself(@ForAll("roles") Role role) {
    RoleArn arn = RoleArn.parse(role.arn());

    assertThat(arn.toString()).isEqualTo(role.arn());
    assertThat(arn).isEqualTo(arn(role));
  }

  @Property
  void pattern_isReadAsItself(@ForAll("principals") String principal) {
    RolePattern pattern = RolePattern.parse(principal);

    assertThat(RolePattern.parse(pattern.toString())).isEqualTo(pattern);
  }

  @Property(tries = 5_000)
  void principalWithOnePlaceChanged_isReadWhereTheJudgeReadsIt(
      @ForAll("principals") String principal,
      @ForAll("edits") Proofs.Edit edit,
      @ForAll("roles") Role role) {
    String changed = edit.of(principal);

    Optional<RolePattern> pattern = parsed(changed);

    assertThat(pattern.isPresent()).as(changed).isEqualTo(NaivePrincipal.isPrincipal(changed));
    pattern.ifPresent(
        found ->
            assertThat(found.matches(caller(role, "any")))
                .isEqualTo(NaivePrincipal.means(changed, role)));
  }

  @Property
  void pattern_meansTheRolesThatTheJudgeSays(
      @ForAll("principals") String principal, @ForAll("roles") Role role) {
    assertThat(RolePattern.parse(principal).matches(caller(role, "any")))
        .as("%s on %s", principal, role)
        .isEqualTo(NaivePrincipal.means(principal, role));
  }

  @Property
  void pattern_neverMatchesOutsideItsAccountOrPartition(
      @ForAll("principals") String principal, @ForAll("roles") Role role) {
    String account = NaivePrincipal.account(principal);
    String partition = NaivePrincipal.partition(principal);
    RolePattern pattern = RolePattern.parse(principal);

    if (!role.account().equals(account) || !role.partition().equals(partition)) {
      assertThat(pattern.matches(caller(role, "any"))).isFalse();
    }
    // The same name next door, which a pattern would most likely mistake for its own.
    for (Role moved :
        new Role[] {
          new Role(partition, "111122223335", role.name(), role.id()),
          new Role("aws-iso", account, role.name(), role.id())
        }) {
      assertThat(pattern.matches(caller(moved, "any"))).isFalse();
    }
  }

  @Property
  void sessionName_neverMatters(
      @ForAll("principals") String principal,
      @ForAll("roles") Role role,
      @ForAll("roles") Role lookAlike) {
    String session = lookAlike.name().length() < 2 ? "xx" : lookAlike.name();
    RolePattern pattern = RolePattern.parse(principal);

    assertThat(pattern.matches(caller(role, session)))
        .isEqualTo(pattern.matches(caller(role, "any")));
  }

  static Caller caller(Role role, String session) {
    return Caller.of(
        new IamRole(arn(role), RoleId.parse(role.id())),
        Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, session),
        Instant.EPOCH);
  }

  private static RoleArn arn(Role role) {
    return new RoleArn(
        Partition.parse(role.partition()),
        AccountId.parse(role.account()),
        RoleName.parse(role.name()));
  }

  private static Optional<RolePattern> parsed(String text) {
    try {
      return Optional.of(RolePattern.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
