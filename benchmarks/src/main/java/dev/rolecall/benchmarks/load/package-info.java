/**
 * The cost of whole calls: a client and a server, each a process of its own, in a closed loop over
 * TLS. Entry: {@link dev.rolecall.benchmarks.load.LoadSuite}.
 */
@NullMarked
package dev.rolecall.benchmarks.load;

import org.jspecify.annotations.NullMarked;
