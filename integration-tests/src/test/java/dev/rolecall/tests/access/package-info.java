/**
 * Access for a time, end to end: an access service over TLS, a guarded server that follows it, and
 * people who prove themselves by the emulator's STS.
 */
@NullMarked
package dev.rolecall.tests.access;

import org.jspecify.annotations.NullMarked;
