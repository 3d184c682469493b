/**
 * Keeps one credential fresh for all calls: {@link dev.rolecall.renewal.RenewingCredential} holds
 * it, a {@link dev.rolecall.renewal.CredentialSource} makes it. {@link
 * dev.rolecall.renewal.BoundedLoad} bounds the wait for what may block without end.
 *
 * <p>Depends on {@code caller-identity}, the gRPC API and OpenTelemetry's API; knows no kind of
 * credential, and never the server's side.
 */
@NullMarked
package dev.rolecall.renewal;

import org.jspecify.annotations.NullMarked;
