/**
 * The page's questions to servers: each becomes one gRPC call with the person's own fresh proof.
 * {@link dev.rolecall.cli.console.call.ServerCalls} is the entry.
 */
@NullMarked
package dev.rolecall.cli.console.call;

import org.jspecify.annotations.NullMarked;
