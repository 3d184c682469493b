package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.InvalidPolicyException;
import dev.rolecall.policy.document.PolicyProblem;
import dev.rolecall.policy.document.internal.DocumentText;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A table of calls and the answers that a policy is expected to give, to be run as a test of the
 * policy before it is put in force:
 *
 * <pre>{@code
 * cases:
 *   - caller: arn:aws:iam::111122223333:role/checkout
 *     method: /orders.v1.Orders/Create
 *     expect: allow
 *   - {caller: nobody, method: /grpc.health.v1.Health/Check, expect: allow}
 *   - caller: arn:aws:iam::111122223333:role/checkout
 *     method: /orders.v1.Orders/Create
 *     headers: {x-tenant: blue}
 *     address: 10.0.0.1
 *     expect: allow
 *   - caller: oidc:github:repo:acme/shop:environment:prod
 *     attributes: {claims: {repository_owner_id: "1234"}, scopes: ["orders:write"]}
 *     method: /orders.v1.Orders/Create
 *     expect: allow
 *   - caller: arn:aws:iam::111122223333:role/batch
 *     grants: [night-shift, {permission: orders-admin, resource: orders/eu}]
 *     method: /orders.v1.Orders/Delete
 *     expect: needs_grant
 * }</pre>
 *
 * <p>Callers are written as {@link CallerQuery} says; {@code expect} is {@code allow}, {@code
 * deny}, or {@code needs_grant} for a call that only a grant would allow which the caller is not
 * stated to hold. An attribute or a header that a case does not state is absent, and an address is
 * unknown. YAML or JSON, UTF-8, at most 1 MiB, read as strictly as a policy: nothing may be
 * missing, repeated or unknown, and a table needs a case, since it would pass any policy without
 * one.
 *
 * <p>Immutable.
 *
 * @param cases the cases, in the order they are written; at least one
 */
public record PolicyCases(List<PolicyCase> cases) {

  /**
   * Checks that there is a case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public PolicyCases {
    cases = List.copyOf(cases);
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("cases: none (expected: at least one)");
    }
  }

  /**
   * Reads a table of cases. Blocks on the file.
   *
   * @throws InvalidPolicyException if the file cannot be read or is no such table; it says all that
   *     is wrong, and where
   */
  public static PolicyCases load(Path file) {
    requireNonNull(file, "file");
    try {
      return read(file.toString(), DocumentText.bytes(file));
    } catch (IOException e) {
      throw new InvalidPolicyException(
          List.of(
              new PolicyProblem(
                  file.toString(),
                  Optional.empty(),
                  ProblemCode.UNREADABLE.toString(),
                  DocumentText.unreadable("file", file, e))));
    }
  }

  /**
   * Reads a table of cases.
   *
   * @param source what problems call the text
   * @throws InvalidPolicyException if the text is no such table; it says all that is wrong, and
   *     where
   */
  public static PolicyCases read(String source, byte[] content) {
    requireNonNull(source, "source");
    Remarks remarks = new Remarks();
    List<PolicyCase> cases =
        DocumentText.structure(
                "table of cases", source, requireNonNull(content, "content"), remarks)
            .map(root -> new CasesReader(remarks).read(root))
            .orElse(List.of());
    if (remarks.anyProblem()) {
      throw new InvalidPolicyException(
          remarks.problems().stream()
              .map(
                  each ->
                      new PolicyProblem(
                          source, Optional.of(each.at().position()), each.code(), each.message()))
              .toList());
    }
    return new PolicyCases(cases);
  }

  /** The answers of {@code policy} to each case, in order. */
  public List<CaseResult> under(AccessPolicy policy) {
    requireNonNull(policy, "policy");
    return cases.stream().map(each -> each.under(policy)).toList();
  }
}
