/**
 * The page's questions about a policy's text: read it, explain a call, try it against calls that
 * were seen. {@link dev.rolecall.cli.console.policy.PolicyDesk} is the entry. Nothing is put in
 * force, and no file is written.
 */
@NullMarked
package dev.rolecall.cli.console.policy;

import org.jspecify.annotations.NullMarked;
