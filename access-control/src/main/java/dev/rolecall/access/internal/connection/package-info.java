/**
 * The certificates of connections: those that this server presented lately, to which a credential
 * may be bound. The package knows neither credentials nor gRPC.
 */
@NullMarked
package dev.rolecall.access.internal.connection;

import org.jspecify.annotations.NullMarked;
