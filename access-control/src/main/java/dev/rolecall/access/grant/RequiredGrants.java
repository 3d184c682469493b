package dev.rolecall.access.grant;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.grant.PermissionName;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The permissions that policies require a grant of, as the grants are told of them. Safe for use by
 * many threads.
 */
public final class RequiredGrants implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.access");

  private final Grants grants;
  private final List<PolicySource> policies;
  private final Supervisor supervisor;

  /** The permissions of each policy, as they were last read. Guarded by this object. */
  private final List<Set<PermissionName>> required = new ArrayList<>();

  private final List<PolicySource.Registration> registrations = new ArrayList<>();
  private final AtomicBoolean warned = new AtomicBoolean();

  private RequiredGrants(Grants grants, List<PolicySource> policies, Supervisor supervisor) {
    this.grants = requireNonNull(grants, "grants");
    // Without grants there is nothing to tell: only the policy in force is worth a warning.
    this.policies = List.copyOf(grants == Grants.none() ? policies.subList(0, 1) : policies);
    this.supervisor = requireNonNull(supervisor, "supervisor");
    this.policies.forEach(unused -> required.add(Set.of()));
  }

  /**
   * Tells the grants now and at each change, until this is closed. Where they are {@link
   * Grants#none}, warns once if the policy in force requires some.
   *
   * @param policies the policy in force, then others that are asked
   */
  @SuppressWarnings("exports") // for the engine, which sees the type
  public static RequiredGrants follow(
      Grants grants, List<PolicySource> policies, Supervisor supervisor) {
    RequiredGrants made = new RequiredGrants(grants, policies, supervisor);
    for (PolicySource each : made.policies) {
      made.registrations.add(each.onChange(made::tell));
    }
    made.tell();
    return made;
  }

  /**
   * Checks that a policy requires no grants of a server that follows none.
   *
   * @throws IllegalArgumentException if it does
   */
  public static void checkNone(AccessPolicy policy) {
    if (!policy.permissions().isEmpty()) {
      throw new IllegalArgumentException(
          "policy \""
              + policy.name()
              + "\" requires grants of "
              + text(policy.permissions())
              + " (expected: grants(...) with the source of grants that the server follows)");
    }
  }

  /** One at a time, so that the last set told is that of the last policies. */
  private synchronized void tell() {
    for (int i = 0; i < policies.size(); i++) {
      PolicySource each = policies.get(i);
      int place = i;
      // A source that throws keeps what was required before.
      supervisor.run(
          SupervisedTask.POLICY_LISTENER.label(),
          () -> required.set(place, each.current().permissions()));
    }
    Set<PermissionName> all =
        required.stream().flatMap(Collection::stream).collect(Collectors.toUnmodifiableSet());
    supervisor.run(SupervisedTask.POLICY_LISTENER.label(), () -> grants.require(all));
    if (grants == Grants.none() && !required.get(0).isEmpty() && !warned.getAndSet(true)) {
      LOG.log(
          Level.WARNING,
          "the policy requires grants of {0}, and this server follows none: those calls are refused"
              + " (expected: grants(...) with the source of grants)",
          text(required.get(0)));
    }
  }

  private static String text(Set<PermissionName> permissions) {
    return permissions.stream().sorted().map(Object::toString).collect(Collectors.joining(", "));
  }

  /** Tells of no more changes. */
  @Override
  public void close() {
    registrations.forEach(PolicySource.Registration::close);
  }
}
