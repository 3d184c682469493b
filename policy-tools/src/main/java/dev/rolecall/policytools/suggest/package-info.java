/**
 * Suggests a policy from the audit records of a server. {@link
 * dev.rolecall.policytools.suggest.SeenCalls} is the entry. Reads text alone: it knows the words of
 * a record, and nothing of the server that wrote it.
 */
@NullMarked
package dev.rolecall.policytools.suggest;

import org.jspecify.annotations.NullMarked;
