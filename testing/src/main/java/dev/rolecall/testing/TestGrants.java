package dev.rolecall.testing;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.stsemulator.PermissionSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Grants of access for a time, and locks, that a test gives and takes back without an access
 * service: {@code grants.grant("orders-admin").to(role).lasting(Duration.ofHours(1))}. Each change
 * is known to the guards at once, and live calls end by it as they do in production. Safe for use
 * by many threads.
 *
 * <p>Time is that of the {@link TestClock}, and guards must go by it: {@code clock.advance} brings
 * a grant to its end. Tokens of grants are not known here.
 */
public final class TestGrants implements GrantSource {

  private final TestClock clock;
  private final GivenGrants given;

  private TestGrants(TestClock clock) {
    this.clock = clock;
    this.given = new GivenGrants(clock);
  }

  /** No grants yet, for guards that go by that clock. */
  public static TestGrants by(TestClock clock) {
    return new TestGrants(requireNonNull(clock, "clock"));
  }

  /**
   * Begins a grant of that permission, which is given by {@link Offer}'s last step.
   *
   * @throws IllegalArgumentException if the name breaks the rule of {@link PermissionName}
   */
  public Offer grant(String permission) {
    return new Offer(PermissionName.of(permission), Set.of());
  }

  /** Takes all grants back. Calls that rest on one are refused, GRANT_REVOKED. */
  public void revokeAll() {
    given.revokeAll();
  }

  /**
   * Locks a role: all of its callers are refused, CALLER_LOCKED, whatever else allows them.
   *
   * @throws IllegalArgumentException if it is not the ARN of one role
   */
  public void lock(String roleArn) {
    given.lock(GrantHolder.role(roleArn));
  }

  /** Locks one user of a permission set. */
  public void lock(PermissionSet set, String user) {
    given.lock(GrantHolder.user(set, user));
  }

  /** Takes all locks away. */
  public void unlockAll() {
    given.unlockAll();
  }

  /** Has guards be without news of grants: what needs one is refused, GRANTS_STALE. */
  public void loseNews() {
    given.setStale(true);
  }

  /** Has guards have news again. */
  public void regainNews() {
    given.setStale(false);
  }

  /** The grants as a guard asks about them. The guard calls this. */
  @Override
  public Grants open(AccessRuntime runtime) {
    return new OpenTestGrants(given, runtime.ticker().getAsLong() - clock.nanos());
  }

  /** A grant that has no holder yet. Immutable. */
  public final class Offer {

    private final PermissionName permission;
    private final Set<ResourceName> resources;

    private Offer(PermissionName permission, Set<ResourceName> resources) {
      this.permission = permission;
      this.resources = resources;
    }

    /**
     * The same for those resources alone; without this it holds for every resource.
     *
     * @throws IllegalArgumentException if a name breaks the rule of {@link ResourceName}, or there
     *     is none
     */
    public Offer on(String... resources) {
      if (resources.length == 0) {
        throw new IllegalArgumentException("resources: none (expected: at least one)");
      }
      return new Offer(
          permission,
          Arrays.stream(resources).map(ResourceName::of).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * The same for that role, in any of its sessions.
     *
     * @throws IllegalArgumentException if it is not the ARN of one role
     */
    public Dated to(String roleArn) {
      return new Dated(GrantHolder.role(roleArn));
    }

    /** The same for one user of a permission set. */
    public Dated to(PermissionSet set, String user) {
      return new Dated(GrantHolder.user(set, user));
    }

    /** The same for that caller's principal; of a permission set's role, for its user alone. */
    public Dated to(Caller caller) {
      return new Dated(GrantHolder.of(caller));
    }

    /** A grant that has no end yet. Immutable. */
    public final class Dated {

      private final GrantHolder holder;

      private Dated(GrantHolder holder) {
        this.holder = holder;
      }

      /**
       * Gives it, from now on.
       *
       * @param duration more than zero
       * @throws IllegalArgumentException if it is not
       */
      public TestGrant lasting(Duration duration) {
        GivenGrant grant = new GivenGrant(holder, permission, resources);
        given.give(grant, duration);
        return new TestGrant(given, grant);
      }
    }
  }
}
