/**
 * Whole calls: a client with {@link dev.rolecall.client.IamCallCredentials}, a server behind {@link
 * dev.rolecall.guard.CallGuard}, TLS between them and an emulated STS beside them.
 */
@NullMarked
package dev.rolecall.tests.calls;

import org.jspecify.annotations.NullMarked;
