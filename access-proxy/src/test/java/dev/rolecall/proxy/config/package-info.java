/** Tests of the configuration of a proxy that runs as a program. */
@NullMarked
package dev.rolecall.proxy.config;

import org.jspecify.annotations.NullMarked;
