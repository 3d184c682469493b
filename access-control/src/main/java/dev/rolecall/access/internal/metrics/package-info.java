/**
 * The metrics, and what keeps them from throwing. Internal: exported to the modules that count. No
 * label is ever chosen by a peer.
 */
@NullMarked
package dev.rolecall.access.internal.metrics;

import org.jspecify.annotations.NullMarked;
