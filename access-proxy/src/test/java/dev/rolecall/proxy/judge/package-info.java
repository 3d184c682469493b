/**
 * Tests of the checker behind a real Envoy, and of the configurations of Envoy that are shipped.
 */
@NullMarked
package dev.rolecall.proxy.judge;

import org.jspecify.annotations.NullMarked;
