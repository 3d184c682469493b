/**
 * The record of each decision: an {@link dev.rolecall.access.audit.AuditRecord}, handed to the
 * {@link dev.rolecall.access.audit.AuditLog} that the operator chose. The package knows callers and
 * reasons; it depends on no gRPC, and a proof never reaches it.
 */
@NullMarked
package dev.rolecall.access.audit;

import org.jspecify.annotations.NullMarked;
