/**
 * Answers a person's questions about a policy, before it is put in force. Servers need none of it.
 *
 * <ul>
 *   <li>{@link dev.rolecall.policytools.Explanation}: why a call is allowed or denied, and what
 *       would change that.
 *   <li>{@link dev.rolecall.policytools.PolicyCases}: a table of calls with the answers they should
 *       get.
 *   <li>{@link dev.rolecall.policytools.compare.PolicyComparison}: the answers that differ between
 *       two policies.
 *   <li>{@link dev.rolecall.policytools.suggest.SeenCalls}: the policy that audit records suggest.
 *   <li>{@link dev.rolecall.policytools.UnmatchedPath}: the paths that mean none of a server's
 *       methods.
 *   <li>{@link dev.rolecall.policytools.UnknownAlias}: the principals of issuers that a server does
 *       not have.
 * </ul>
 */
@NullMarked
package dev.rolecall.policytools;

import org.jspecify.annotations.NullMarked;
