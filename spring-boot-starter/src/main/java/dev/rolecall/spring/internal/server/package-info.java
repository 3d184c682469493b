/**
 * The guard and the policy that servers of Spring gRPC get. Begin with {@link
 * dev.rolecall.spring.internal.server.GuardAttachment}. Nothing here reads the starter's
 * properties.
 */
@NullMarked
package dev.rolecall.spring.internal.server;

import org.jspecify.annotations.NullMarked;
