package dev.rolecall.service.rules.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.failure.FailureReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request and the answer that rules are expected to give.
 *
 * @param callers those it is about
 * @param asked what is asked for
 * @param expected the answer
 * @param at where the case is written
 */
public record AccessCase(Callers callers, Asked asked, Expected expected, Place at) {

  /** Checks that nothing is absent. */
  public AccessCase {
    requireNonNull(callers, "callers");
    requireNonNull(asked, "asked");
    requireNonNull(expected, "expected");
    requireNonNull(at, "at");
  }

  /**
   * The callers of a case, each as {@link AccessCases} has it.
   *
   * @param requester the one who asks
   * @param beneficiary the one who gains; empty for the requester
   * @param reviewers those who may review the request
   * @param notReviewers those who may not
   */
  public record Callers(
      String requester,
      Optional<String> beneficiary,
      List<String> reviewers,
      List<String> notReviewers) {
    /** Copies. */
    public Callers {
      requireNonNull(requester, "requester");
      requireNonNull(beneficiary, "beneficiary");
      reviewers = List.copyOf(reviewers);
      notReviewers = List.copyOf(notReviewers);
    }
  }

  /**
   * The content of the request.
   *
   * @param permission the permission
   * @param duration for how long
   * @param startIn how far ahead it starts; empty for at once
   * @param resources the resources; none for the permission as a whole
   * @param ticket the ticket; empty for none
   * @param emergency whether it is emergency access
   */
  public record Asked(
      PermissionName permission,
      Duration duration,
      Optional<Duration> startIn,
      List<ResourceName> resources,
      String ticket,
      boolean emergency) {
    /** Copies. */
    public Asked {
      requireNonNull(permission, "permission");
      requireNonNull(duration, "duration");
      requireNonNull(startIn, "startIn");
      resources = List.copyOf(resources);
      requireNonNull(ticket, "ticket");
    }
  }

  /**
   * The answer.
   *
   * @param accepted whether the rules take the request
   * @param because the reason why they do not; empty for any
   */
  public record Expected(boolean accepted, Optional<FailureReason> because) {
    /** Checks that nothing is absent. */
    public Expected {
      requireNonNull(because, "because");
    }
  }
}
