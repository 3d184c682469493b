/**
 * Help for clients whose calls rest on a grant: {@link dev.rolecall.grants.client.AccessExpiry}
 * tells before access ends, and {@link dev.rolecall.grants.client.GrantTokenCredentials} brings
 * grant tokens. The package knows no server.
 */
@NullMarked
package dev.rolecall.grants.client;

import org.jspecify.annotations.NullMarked;
