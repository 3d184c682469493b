/** Callers of every kind, over gRPC and TLS: who they are, what they may, and when they end. */
@NullMarked
package dev.rolecall.tests.callers;

import org.jspecify.annotations.NullMarked;
