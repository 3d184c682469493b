/**
 * The conditions that narrow a rule: the network that a call comes from, and the headers that it
 * brings. Start at {@link dev.rolecall.policy.condition.CallConditions}. What a condition reads of
 * a call is {@link dev.rolecall.policy.condition.CallFacts}; the package knows no gRPC, and never
 * asks a name service.
 */
@NullMarked
package dev.rolecall.policy.condition;

import org.jspecify.annotations.NullMarked;
