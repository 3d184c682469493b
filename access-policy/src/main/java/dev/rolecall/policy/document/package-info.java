/**
 * Reads policies from YAML and JSON, and follows a policy's file. Start at {@link
 * dev.rolecall.policy.document.PolicyFile} to follow a file, and at {@link
 * dev.rolecall.policy.document.PolicyDocument} to read a policy once.
 *
 * <p>Every problem is reported with its place in the text. The package depends on the policy's
 * model and on a YAML parser.
 */
@NullMarked
package dev.rolecall.policy.document;

import org.jspecify.annotations.NullMarked;
