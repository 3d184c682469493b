/**
 * What is written down of each decision: an {@link dev.rolecall.verifier.audit.AuditRecord}, handed
 * to the {@link dev.rolecall.verifier.audit.AuditLog} that the operator chose. The package knows
 * callers and reasons; it depends on no gRPC, and a proof never reaches it.
 */
@NullMarked
package dev.rolecall.verifier.audit;

import org.jspecify.annotations.NullMarked;
