/** Tests of the checker for Envoy. */
@NullMarked
package dev.rolecall.proxy.envoy;

import org.jspecify.annotations.NullMarked;
