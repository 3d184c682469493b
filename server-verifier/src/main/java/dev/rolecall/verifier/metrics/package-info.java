/**
 * Everything that is counted, declared in one place: {@link
 * dev.rolecall.verifier.metrics.VerifierMetrics}. Internal; no label is ever chosen by a peer.
 */
@NullMarked
package dev.rolecall.verifier.metrics;

import org.jspecify.annotations.NullMarked;
