/**
 * Rolecall in a Spring Boot application with Spring gRPC: every server it starts is guarded, and
 * the channels named in its properties carry proofs.
 *
 * <p>Begin with {@link dev.rolecall.spring.RolecallServerProperties} and {@link
 * dev.rolecall.spring.RolecallClientProperties}. A handler reads its caller from {@link
 * dev.rolecall.guard.CurrentCaller} as ever and, where Spring Security is on the class path, from
 * its security context: {@link dev.rolecall.spring.CallerAuthentication}.
 *
 * <p>No class here decides anything about a call: the guard and the credentials do.
 */
@NullMarked
package dev.rolecall.spring;

import org.jspecify.annotations.NullMarked;
