package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.ManualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The permissions that policies require grants of, and servers that follow no grants. */
final class RequiredGrantsTest {

  private static final GrantRequirement ADMIN = GrantRequirement.of("orders-admin");
  private static final PermissionName PERMISSION = PermissionName.of("orders-admin");

  private static AccessControlBuilder builder() {
    return AccessControl.builder(PolicySource.fixed(AccessBench.requiring(ADMIN)))
        .accept(new FakeScheme("key"));
  }

  @Test
  void build_policyThatRequiresGrantsWithoutASource_isRefusedWithTheNextStep() {
    AccessControlBuilder builder = builder();

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("policy \"granted\" requires grants of orders-admin")
        .hasMessageContaining("expected: grants(...)");
  }

  @Test
  void build_settingsOfTheGrantsThatBreakARule_closesWhatWasOpened() {
    FakeScheme scheme = new FakeScheme("key");
    AccessControlBuilder builder =
        AccessControl.builder(PolicySource.fixed(AccessBench.denyingAll()))
            .accept(scheme)
            .grants(
                runtime -> {
                  throw new IllegalArgumentException("the test's");
                });

    assertThatThrownBy(builder::build).hasMessage("the test's");
    assertThat(scheme.isClosed()).isTrue();
  }

  @Test
  void build_policyThatRequiresGrants_tellsTheirSourceAndClosesIt() {
    FakeGrants grants = new FakeGrants(new ManualTime());
    AccessControl access = builder().grants(grants).build();
    assertThat(grants.required).containsExactly(Set.of(PERMISSION));

    access.close();
    access.close();
    assertThat(grants.closes).hasValue(1);
  }

  @Test
  void reload_policyAndShadow_areToldTogether() {
    try (AccessBench bench =
        AccessBench.withGrants(
            options ->
                options.shadowPolicy(
                    PolicySource.fixed(AccessBench.requiring(GrantRequirement.of("on-duty")))))) {
      bench.policies.change(AccessBench.requiring(ADMIN));
      bench.policies.change(AccessBench.denyingAll());

      PermissionName onDuty = PermissionName.of("on-duty");
      assertThat(bench.grants.required)
          .containsExactly(Set.of(onDuty), Set.of(onDuty, PERMISSION), Set.of(onDuty));
    }
  }

  @Test
  void reload_toAPolicyThatRequiresGrantsWithoutASource_refusesAndWarnsOnce() {
    try (CapturedLog log = CapturedLog.of("rolecall.access");
        AccessBench bench = new AccessBench()) {
      bench.scheme.then(bench.yes());
      bench.policies.change(AccessBench.requiring(ADMIN));
      bench.policies.change(AccessBench.requiring(ADMIN));

      assertThat(refused(bench.check("key:id:0")).reason()).isEqualTo(RefusalReason.GRANT_REQUIRED);
      assertThat(log.lines()).filteredOn(line -> line.contains("follows none")).hasSize(1);
    }
  }

  @Test
  void reload_sourceThatThrows_keepsWhatWasRequired() {
    try (AccessBench bench = AccessBench.withGrants()) {
      bench.policies.change(AccessBench.requiring(ADMIN));
      ManualPolicies failing = bench.policies;
      failing.fail();
      failing.tell();

      assertThat(bench.grants.required).last().isEqualTo(Set.of(PERMISSION));
    }
  }

  @Test
  void open_runtime_isTheEnginesOwn() {
    List<AccessRuntime> seen = new ArrayList<>();
    FakeGrants grants = new FakeGrants(new ManualTime());
    AccessControl access =
        builder()
            .grants(
                runtime -> {
                  seen.add(runtime);
                  return grants;
                })
            .build();

    assertThat(seen).containsExactly(access.runtime());
    access.close();
  }
}
