/**
 * The cost of what stands in front of services: the checker against other servers of Envoy's
 * external authorization, and the relay against Envoy. Entry: {@link
 * dev.rolecall.benchmarks.proxy.ProxySuite}.
 */
@NullMarked
package dev.rolecall.benchmarks.proxy;

import org.jspecify.annotations.NullMarked;
