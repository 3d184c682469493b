package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.request.Subject;
import java.util.Collection;
import java.util.List;

/**
 * The rule of one permission.
 *
 * @param permission the permission
 * @param requesters the parties that may ask for it, at least one
 * @param reviewing the review of what they ask for
 * @param limits the bounds of the time
 * @param tickets the tickets of requests
 * @param resources the resources that may be asked for; none for the permission as a whole alone
 */
public record AccessRule(
    PermissionName permission,
    List<Party> requesters,
    Reviewing reviewing,
    AccessLimits limits,
    Tickets tickets,
    List<ResourcePattern> resources) {

  /**
   * Checks that there is a requester.
   *
   * @throws IllegalArgumentException if there is none
   */
  public AccessRule {
    requireNonNull(permission, "permission");
    requesters = List.copyOf(requesters);
    if (requesters.isEmpty()) {
      throw new IllegalArgumentException("requesters: none (expected: at least one)");
    }
    requireNonNull(reviewing, "reviewing");
    requireNonNull(limits, "limits");
    requireNonNull(tickets, "tickets");
    resources = List.copyOf(resources);
  }

  /** Whether the subject may ask for the permission. */
  public boolean mayRequest(Subject subject) {
    return requesters.stream().anyMatch(party -> party.means(subject));
  }

  /** Whether the subject is a reviewer, of requests that are not its own. */
  public boolean mayReview(Subject subject) {
    return reviewing.reviewers().stream().anyMatch(party -> party.means(subject));
  }

  /**
   * Whether the rule offers those resources. A rule with resources offers no grant for all of them:
   * such a grant would be wider than any that it names.
   */
  public boolean offers(Collection<ResourceName> asked) {
    return resources.isEmpty()
        ? asked.isEmpty()
        : !asked.isEmpty()
            && asked.stream()
                .allMatch(each -> resources.stream().anyMatch(pattern -> pattern.matches(each)));
  }
}
